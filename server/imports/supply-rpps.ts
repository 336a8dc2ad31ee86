import { frenchNumber } from '../core/french.ts';
import { codeColumns, findColumn, requireColumn } from './columns.ts';
import { repairCode } from './commune-code.ts';
import { openBytes, readBytes } from './extract/bytes.ts';
import { cellText, readHead } from './extract/head.ts';
import { RecordScanner } from './extract/records.ts';
import { scanRecords } from './extract/scan-records.ts';
import { referenceTable } from './reference-data.ts';
import type { OnProgress, SupplyFile } from './rows.ts';
import { SupplyTally } from './supply-tally.ts';
import { decode } from './text.ts';

const columns = {
  profession: ['Code profession'],
  skill: ['Code savoir-faire'],
  commune: ['Code commune (coord. structure)', /\bcode commune\b.*\bstructure\b/, ...codeColumns],
  person: ['Identifiant PP', 'Identification nationale PP'],
  mode: ['Code mode exercice'],
};

/** Modes of practice that are not liberal: salaried, voluntary. */
const notLiberal = new Set(['S', 'B']);

/** Rejected lines and unknown codes that are told one by one; all are counted. */
const TOLD = 20;

/** Whether a file is an extract of the RPPS, by its header. */
export async function isRpps(file: string): Promise<boolean> {
  for await (const bytes of readBytes(await openBytes(file))) {
    const header = decode(bytes.subarray(0, 16_384)).split(/\r?\n/, 1)[0] ?? '';
    const names = header.split(/[|;,\t]/);
    return findColumn(names, columns.profession) >= 0 && findColumn(names, columns.skill) >= 0;
  }
  return false;
}

/**
 * Reads practitioners per commune from the open extract of the RPPS (one row an activity, separated
 * by `|`), piece by piece. A practitioner counts once for each commune and profession, whatever the
 * number of activities there; one who works in two communes counts in both. As in the BPE, only liberal
 * activities count: flows of reimbursed care are to them, and hospitals would draw everything.
 *
 * @throws DomainError `missing_column` and those of the readers of delimited files
 */
export async function readRpps(file: string, onProgress?: OnProgress): Promise<SupplyFile> {
  const source = await openBytes(file);
  const plain = await readHead(source, false);
  // The register writes quotes as they come in names; a copy saved by other software closes them.
  const quotes = plain.columns.some((name) => name.startsWith('"'));
  const head = quotes ? await readHead(source) : plain;
  const at = (role: keyof typeof columns, what: string) =>
    requireColumn(head.columns, columns[role], { file: source.name, what, code: 'missing_column' });
  const professionAt = at('profession', 'la profession');
  const skillAt = at('skill', 'le savoir-faire');
  const communeAt = at('commune', 'la commune de la structure');
  const personAt = at('person', 'l’identifiant du praticien');

  const modeAt = findColumn(head.columns, columns.mode);

  const known = knownCodes();
  const scanner = new RecordScanner(head.separator, source.name, head.line, quotes);
  const tally = new SupplyTally(source.name);
  /** practitioners already counted, by commune and profession */
  const counted = new Map<string, Set<string>>();
  const left = { commune: 0, person: 0, skill: 0, notLiberal: 0, other: new Map<string, number>() };
  const wrong: { line: number; why: string }[] = [];
  let wrongs = 0;
  const needed = Math.max(professionAt, skillAt, communeAt, personAt, modeAt);

  const reject = (why: string): void => {
    wrongs++;
    if (wrong.length < TOLD) wrong.push({ line: scanner.line, why });
  };

  const take = (buffer: Buffer): void => {
    // Beyond the last field of a short line, the scanner still holds those of the line before.
    if (scanner.count <= needed) {
      const read = `${scanner.count} ${scanner.count > 1 ? 'ont été lues' : 'a été lue'}`;
      reject(`${head.columns.length} colonnes étaient attendues, ${read}`);
      return;
    }
    const cell = (column: number) =>
      scanner.starts[column] === scanner.ends[column] ? '' : cellText(scanner, buffer, column);
    const professionCode = cell(professionAt);
    const skillCode = cell(skillAt);
    const profession = known.skills.get(skillCode) ?? known.professions.get(professionCode);
    if (profession === undefined) {
      const name = skillCode || `profession ${professionCode}`;
      if (professionCode === PHYSICIAN && skillCode === '') left.skill++;
      else left.other.set(name, (left.other.get(name) ?? 0) + 1);
      return;
    }
    if (modeAt >= 0 && notLiberal.has(cell(modeAt))) {
      left.notLiberal++;
      return;
    }
    const text = cell(communeAt);
    const person = cell(personAt);
    if (text === '') {
      left.commune++;
      return;
    }
    const repaired = repairCode(text);
    if (repaired === null) {
      reject(`« ${text.slice(0, 40)} » n’est pas le code d’une commune`);
      return;
    }
    if (person === '') {
      left.person++;
      return;
    }
    if (repaired.remark !== null) tally.repaired(repaired.code, repaired.remark);
    const cellKey = `${repaired.code} ${profession}`;
    const already = counted.get(cellKey);
    if (already?.has(person)) return;
    if (already) already.add(person);
    else counted.set(cellKey, new Set([person]));
    tally.add(repaired.code, profession, 1);
  };
  for await (const _ of scanRecords(source, head, scanner, take, onProgress));

  const say = (count: number, why: string) => {
    if (count > 0) tally.note(`Activités laissées de côté ${why} : ${frenchNumber(count)}.`);
  };
  say(left.notLiberal, 'parce qu’elles sont salariées ou bénévoles');
  if (modeAt < 0) {
    tally.note(
      'Sans colonne « Code mode exercice », les activités salariées sont comptées avec les libérales.',
    );
  }
  say(left.commune, 'faute de commune de structure');
  say(left.person, 'faute d’identifiant de praticien');
  say(left.skill, 'parce que ce sont celles de médecins sans savoir-faire');
  const others = [...left.other].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  if (others.length > 0) {
    const names = others.slice(0, TOLD).map(([name]) => name);
    const more = others.length > TOLD ? '…' : '';
    tally.note(`Savoir-faire et professions laissés de côté : ${names.join(', ')}${more}.`);
  }
  const { rows, remarks } = tally.result();
  for (const { line, why } of wrong) {
    remarks.push({
      kind: 'rejected',
      message: `${why} : cette activité est laissée de côté.`,
      where: `ligne ${line}`,
    });
  }
  if (wrongs > wrong.length) {
    const more = frenchNumber(wrongs - wrong.length);
    remarks.push({
      kind: 'rejected',
      message: `… et ${more} autres lignes laissées de côté de même.`,
    });
  }
  return {
    source: `Offre de soins lue dans le fichier « ${source.name} » (extraction en libre accès du RPPS, Agence du Numérique en Santé, chaque praticien ${modeAt < 0 ? '' : 'libéral '}compté une fois par commune et profession)`,
    rows,
    remarks,
  };
}

/** Code of the profession whose specialty only savoir-faire tells. */
const PHYSICIAN = '10';

interface KnownCodes {
  skills: Map<string, string>;
  professions: Map<string, string>;
}

/** The rows of `data/rpps-codes.csv`: code → key of `data/professions.csv`. */
function knownCodes(): KnownCodes {
  const codes: KnownCodes = { skills: new Map(), professions: new Map() };
  for (const { cells } of referenceTable('rpps-codes.csv').rows) {
    const [list = '', code = '', , key = ''] = cells;
    (list === 'savoir-faire' ? codes.skills : codes.professions).set(code, key);
  }
  return codes;
}
