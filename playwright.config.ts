import { defineConfig } from '@playwright/test';
import { chromiumPath, LAUNCH_ARGS } from './tests/support/browser.ts';

// `src/cli/test.ts` builds what these run on and makes sure of a browser.
export default defineConfig({
	testDir: 'tests/journeys',
	workers: 2,
	fullyParallel: false,
	timeout: 150_000,
	expect: { timeout: 20_000 },
	outputDir: 'test-results/journeys',
	reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
	use: {
		browserName: 'chromium',
		locale: 'da-DK',
		viewport: { width: 1280, height: 900 },
		launchOptions: { executablePath: chromiumPath(), args: LAUNCH_ARGS },
		screenshot: 'only-on-failure',
	},
});
