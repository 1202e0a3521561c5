import { isDuration } from './formats.ts';
import { inside, type Report } from './problem.ts';
import { extensions, shaped, text, that, yesOrNo, type Json } from './shape.ts';

const isNumber = (value: unknown): value is number => typeof value === 'number';
const number = that(isNumber, 'a number, without quotes');

function relations({ raw, min, max }: Json, at: string, report: Report): void {
	const say = (name: string, value: number, expected: string) =>
		report.problems.push({
			at: inside(at, name),
			message: `${value} does not fit: expected ${expected}`,
		});
	if (isNumber(min) && isNumber(max) && min >= max) say('min', min, `less than "max", ${max}`);
	if (!isNumber(raw)) return;
	if (isNumber(min) && raw < min) say('raw', raw, `at least "min", ${min}`);
	if (isNumber(max) && raw > max) say('raw', raw, `at most "max", ${max}`);
}

/** Data 2.4.5.1. */
const score = shaped({
	what: 'a score',
	properties: {
		scaled: that((value) => isNumber(value) && value >= -1 && value <= 1, 'a number from -1 to 1'),
		raw: number,
		min: number,
		max: number,
	},
	also: relations,
});

/** Data 2.4.5. */
export const result = shaped({
	what: 'a result',
	properties: {
		score,
		success: yesOrNo,
		completion: yesOrNo,
		response: text,
		duration: that(isDuration, 'an ISO 8601 duration, such as "PT1H30M" or "PT59.14S"'),
		extensions,
	},
});
