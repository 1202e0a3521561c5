// Runs a command of this folder: `node src/cli/run.mjs start`. Plain JavaScript, so that a Node that
// is too old for the rest can still say so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
	console.error(
		[
			`This is Node ${process.versions.node}; Rygsamtalen needs 22.18 or later.`,
			'`npm ci` installs a fitting one beside the other packages, unless optional packages or',
			'install scripts are switched off (check `npm config get omit ignore-scripts`).',
		].join('\n'),
	);
	process.exit(1);
}
const [name] = process.argv.splice(2, 1);
await import(`./${name}.ts`);
