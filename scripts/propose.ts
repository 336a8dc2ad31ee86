import { exitWithSentence } from './terminal.ts';

/**
 * `npm run propose`: with `--help` how to use it; for the file of `--instance`, else for communes of the database, whose modules take
 * longer to load than a small file to divide.
 */
try {
  const argv = process.argv.slice(2);
  const ofFile = argv.some((argument) => /^--instance(=|$)/.test(argument));
  if (argv.includes('--help')) {
    const { proposeHelp } = await import('./propose-help.ts');
    console.log(proposeHelp);
  } else if (ofFile) {
    const { proposeFile } = await import('./propose-file.ts');
    await proposeFile(argv);
  } else {
    const { proposeRegion } = await import('./propose-region.ts');
    await proposeRegion(argv);
  }
} catch (error) {
  exitWithSentence(error);
}
