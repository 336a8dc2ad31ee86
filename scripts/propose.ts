import { proposeFile } from './propose-file.ts';
import { proposeRegion } from './propose-region.ts';
import { exitWithSentence } from './terminal.ts';

/** `npm run propose`: for the file of `--instance`, else for communes of the database. */
try {
  const argv = process.argv.slice(2);
  const ofFile = argv.some((argument) => /^--instance(=|$)/.test(argument));
  await (ofFile ? proposeFile(argv) : proposeRegion(argv));
} catch (error) {
  exitWithSentence(error);
}
