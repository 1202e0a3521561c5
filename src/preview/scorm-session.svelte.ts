import {
	launchData,
	withoutSuspendData,
	type Cmi,
	type Mode,
	type ScormFormat,
} from '#lib/preview/cmi.ts';
import type { Item, StageInfo } from '#lib/preview/package.ts';
import {
	EMPTY,
	record,
	stored,
	type Beginning,
	type Happening,
	type Recording,
	type Trouble,
} from '#lib/preview/recorder.ts';
import { playLms } from './lms.ts';
import { addressOf, leave } from './frame.ts';
import { changeComputer } from './storage.ts';

interface BeginningOf {
	item: Item;
	mode: Mode;
	how: Beginning;
	/** Whether the learner sits at another computer by now, where packages have kept nothing. */
	isElsewhere: boolean;
	/** Where one starts again, when travelling. */
	from?: Cmi;
}

/** Plays LMS for one item of a SCORM package, and keeps the recording. */
export class ScormSession {
	readonly format: ScormFormat;
	recording = $state.raw<Recording>(EMPTY);
	/** How the LMS fails at the moment. */
	trouble = $state<Trouble>('none');
	#waiting = $state(0);
	#last: Promise<void> = Promise.resolve();
	readonly #info: StageInfo;
	readonly #began = performance.now();
	/** What is kept of each item, by its id: each SCO has data of its own. */
	readonly #kept = {} as Record<string, Cmi | undefined>;
	#item: Item | undefined;

	constructor(info: StageInfo) {
		this.#info = info;
		this.format = info.format === 'scorm12' ? 'scorm12' : 'scorm2004';
	}

	/**
	 * Begins a session in place of the one before, which hears that it ends and may write its last.
	 * What is asked for meanwhile comes next.
	 */
	launch(frame: HTMLIFrameElement, beginning: BeginningOf): Promise<void> {
		this.#waiting += 1;
		this.#last = this.#last
			.then(() => this.#begin(frame, beginning))
			.finally(() => (this.#waiting -= 1));
		return this.#last;
	}

	/** Whether a frame is on its way in or out. */
	get isBusy(): boolean {
		return this.#waiting > 0;
	}

	async #begin(
		frame: HTMLIFrameElement,
		{ item, mode, how, isElsewhere, from }: BeginningOf,
	): Promise<void> {
		await leave(frame);
		// What a package remembers of times that have not come yet would be no time travel.
		if (isElsewhere || how === 'travelled') changeComputer();
		if (this.#item) this.#kept[this.#item.id] = stored(this.recording);
		this.#item = item;
		const past = this.#past(how, item, from);
		const { format } = this;
		const { learner } = this.#info;
		const cmi = launchData({ format, item, mode, learner, stored: past });
		const began = past ? how : 'new';
		this.#hear({ kind: 'launched', at: this.#now(), title: item.title, how: began, cmi });
		await playLms(window, {
			format,
			cmi,
			trouble: () => this.trouble,
			now: () => this.recording.cmi,
			heard: (call, data) =>
				this.#hear({ kind: 'called', at: this.#now(), call, ...(data ? { cmi: data } : {}) }),
		});
		frame.src = addressOf(item.href);
	}

	switchTo(trouble: Trouble): void {
		this.trouble = trouble;
		this.#hear({ kind: 'switched', at: this.#now(), trouble });
	}

	/** What an earlier session left, as this beginning has it. */
	#past(how: Beginning, item: Item, from: Cmi | undefined): Cmi | undefined {
		if (how === 'new') return undefined;
		if (how === 'travelled') {
			const exit = this.format === 'scorm12' ? 'cmi.core.exit' : 'cmi.exit';
			return { ...from, [exit]: 'suspend' };
		}
		const kept = this.#kept[item.id];
		return how === 'lost' && kept ? withoutSuspendData(kept) : kept;
	}

	#hear(happening: Happening): void {
		this.recording = record(this.recording, happening);
	}

	#now(): number {
		return performance.now() - this.#began;
	}
}
