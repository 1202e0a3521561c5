import { build } from 'vite';
import { loadCourses } from '../authoring/loader.ts';
import { CourseError } from '../authoring/mistakes.ts';
import { buildPlayer } from '../packaging/build.ts';
import { buildThin } from '../packaging/dispatch/build.ts';
import { buildStage } from '../preview/build.ts';
import { buildAdmin } from './admin/build.ts';
import { adminDir, coursesDir, markBuilt, playerDir, stageDir, thinDir } from './built.ts';

/**
 * Builds the server and its pages, then for each course the player that packages are made of, the page
 * of thin packages, the page that plays LMS for packages, and the administrator's command line. A
 * mistake in a course file stops it, with every mistake named.
 */
try {
	await build({ logLevel: 'warn' });
	for (const loaded of loadCourses([coursesDir()]))
		await buildPlayer(loaded, playerDir(loaded.course.id));
	await buildThin(thinDir());
	await buildStage(stageDir());
	await buildAdmin(adminDir(), coursesDir());
	markBuilt();
} catch (error) {
	console.error(reason(error));
	process.exit(1);
}

function reason(error: unknown): unknown {
	if (error instanceof CourseError) return error.message;
	// The bundler wraps what a plugin throws.
	const wrapped =
		error instanceof Error
			? /\d+ mistakes? in the course files:[^]*?(?=\n\s+at |\n\n|$)/.exec(error.message)
			: null;
	return wrapped ? wrapped[0] : error;
}
