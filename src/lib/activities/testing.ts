import * as v from 'valibot';
import * as ask from './ask/schema.ts';
import * as categorise from './categorise/schema.ts';
import * as choice from './choice/schema.ts';
import * as estimate from './estimate/schema.ts';
import * as match from './match/schema.ts';
import * as order from './order/schema.ts';
import * as rate from './rate/schema.ts';
import * as reflect from './reflect/schema.ts';
import * as rewrite from './rewrite/schema.ts';
import * as spot from './spot/schema.ts';

/** A text whose words stand nowhere else, so that a test can tell where it turns up. */
const t = (words: string) => ({ da: `${words}-da`, en: `${words}-en` });
const said = (name: string) => ({
	feels: t(`${name}-feels`),
	why: t(`${name}-why`),
	better: t(`${name}-better`),
});
const prompt = t('prompt');

/** One small activity of each type (the vignette has its own), read through its schema. */
export const examples = {
	choice: v.parse(choice.schema, {
		id: 'pick-one',
		type: 'choice',
		prompt,
		options: [
			{ id: 'ask', text: t('ask'), right: true, ...said('ask') },
			{ id: 'tell', text: t('tell'), ...said('tell') },
			{ id: 'wait', text: t('wait'), ...said('wait') },
		],
	}),
	many: v.parse(choice.schema, {
		id: 'pick-many',
		type: 'choice',
		select: 'many',
		prompt,
		options: [
			{ id: 'ask', text: t('ask'), right: true, ...said('ask') },
			{ id: 'listen', text: t('listen'), right: true, ...said('listen') },
			{ id: 'tell', text: t('tell'), ...said('tell') },
		],
	}),
	categorise: v.parse(categorise.schema, {
		id: 'sort',
		type: 'categorise',
		prompt,
		categories: [
			{ id: 'open', label: t('open') },
			{ id: 'closed', label: t('closed') },
		],
		items: [
			{ id: 'how', text: t('how'), category: 'open', ...said('how') },
			{ id: 'is-it', text: t('is-it'), category: 'closed', ...said('is-it') },
			{ id: 'tell-me', text: t('tell-me'), category: 'open', ...said('tell-me') },
		],
	}),
	order: v.parse(order.schema, {
		id: 'steps',
		type: 'order',
		prompt,
		items: ['greet', 'ask', 'explain', 'plan'].map((id) => ({ id, text: t(id) })),
		why: t('order-why'),
		feels: t('order-feels'),
	}),
	match: v.parse(match.schema, {
		id: 'partners',
		type: 'match',
		prompt,
		pairs: ['fear', 'anger', 'hope'].map((id) => ({
			id,
			left: t(`${id}-left`),
			right: t(`${id}-partner`),
			why: t(`${id}-why`),
		})),
	}),
	estimate: v.parse(estimate.schema, {
		id: 'how-many',
		type: 'estimate',
		prompt,
		min: 0,
		max: 100,
		answer: 97,
		tolerance: 3,
		said: t('said'),
		why: t('estimate-why'),
	}),
	spot: v.parse(spot.schema, {
		id: 'alarm',
		type: 'spot',
		prompt,
		speaker: t('speaker'),
		utterance: {
			da: 'Din ryg er [slidt](worn) og [det ser vi tit](often), så [pas på](careful).',
			en: 'Your back is [worn](worn) and [we often see that](often), so [take care](careful).',
		},
		targets: [
			{ id: 'worn', hit: true, ...said('worn') },
			{ id: 'often', hit: false, ...said('often') },
			{ id: 'careful', hit: true, ...said('careful') },
		],
	}),
	rewrite: v.parse(rewrite.schema, {
		id: 'own-words',
		type: 'rewrite',
		prompt,
		models: [{ id: 'one', text: t('model'), why: t('model-why') }],
		checklist: [
			{ id: 'open', text: t('is-open') },
			{ id: 'kind', text: t('is-kind') },
		],
	}),
	ask: v.parse(ask.schema, {
		id: 'next-words',
		type: 'ask',
		goal: 'explore',
		speaker: t('speaker'),
		says: t('says'),
		prompt,
		replies: Object.fromEntries(
			['open', 'closed', 'heard', 'told', 'hurt'].map((kind) => [kind, t(`reply-${kind}`)]),
		),
		models: ['one', 'two'].map((id) => ({ id, text: t(`model-${id}`), why: t(`model-${id}-why`) })),
		checklist: [
			{ id: 'open', text: t('is-open') },
			{ id: 'kind', text: t('is-kind') },
		],
	}),
	rate: v.parse(rate.schema, {
		id: 'how-sure',
		type: 'rate',
		prompt,
		low: t('low'),
		high: t('high'),
		items: ['listen', 'explain'].map((id) => ({ id, text: t(id) })),
	}),
	reflect: v.parse(reflect.schema, { id: 'log', type: 'reflect', prompt }),
};
export type Example = keyof typeof examples;
