import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FlowImportReport } from '../../../../server/contracts/flow-imports.ts';
import type { DomainError, ErrorCode } from '../../../../server/errors.ts';
import { openBytes } from '../../../../server/imports/extract/bytes.ts';
import { readHead } from '../../../../server/imports/extract/head.ts';
import { reportCsv } from '../../../../server/imports/extract/report-csv.ts';
import { ImportTally } from '../../../../server/imports/extract/tally.ts';
import { readPath, readWhole, withFile } from '../../../support/extracts.ts';
import { checkRefusal, temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const header = 'origin;destination;specialty;patients\n';
const row = '45100;45101;cardiologie;12\n';
const many = header + row.repeat(40_000);

async function refusal(content: string | Uint8Array): Promise<unknown> {
  return readWhole(content, ['45100', '45101'], { rejected: 'refuse' }).then(
    () => undefined,
    (error) => error,
  );
}

describe('an extract is refused with one sentence', () => {
  it.each<[string, string | Uint8Array, ErrorCode, string[]]>([
    ['that is empty', '', 'empty_file', ['extrait.csv']],
    ['that is blank', ' \n\n', 'empty_file', []],
    ['that is a header alone', header, 'empty_file', ['en-tête']],
    [
      'with the line ends of old Macs',
      `${header}${row}`.replaceAll('\n', '\r'),
      'unreadable_file',
      ['retour chariot', 'CRLF'],
    ],
    ['that is an empty gzip', gzipSync(''), 'empty_file', []],
    ['that is a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0), 'unreadable_file', ['CSV']],
    ['that is a workbook in gzip', gzipSync(Buffer.alloc(3000)), 'unreadable_file', ['texte']],
    ['whose gzip is cut', gzipSync(many).subarray(0, 700), 'truncated_file', ['tronqué']],
    [
      'whose gzip is cut at its start',
      gzipSync(many).subarray(0, 12),
      'truncated_file',
      ['tronqué'],
    ],
    ['whose gzip is damaged', gzipSync(many).fill(7, 30, 90), 'unreadable_file', ['abîmé']],
    [
      'with two columns of one name',
      'origin;n;n;patients\n45100;1;2;3\n',
      'duplicate_columns',
      ['ligne 1', '« n »'],
    ],
    [
      'with text for patients',
      `${header}${row}45100;45101;orl;douze\n`,
      'rejected_rows',
      ['ligne 3', '« douze »', 'colonne patients', 'sans cette ligne'],
    ],
    [
      'with a count beyond reason',
      `${header}${row}45100;45101;orl;99999999999\n`,
      'rejected_rows',
      ['ligne 3'],
    ],
    ['without a known origin', `${header}69123;45101;orl;12\n`, 'no_known_origin', []],
    [
      'of rejected rows alone',
      `${header}45100;45101;orl;-2\n`,
      'rejected_rows',
      ['Toutes les lignes', 'ligne 2', 'négatif', '« -2 »'],
    ],
    ['without the columns', 'a;b\n45100;45101\n', 'missing_column', ['« a », « b »']],
    ['of one column', '45100\n45101\n', 'missing_column', []],
    [
      'with a quote left open',
      `${header}${row}45100;"45101;orl;12\n${row}`,
      'unreadable_file',
      ['ligne 3', 'guillemet'],
    ],
    [
      'with a quote left open far from the end',
      `${header}45100;"45101;orl;12\n${row.repeat(90_000)}`,
      'line_too_long',
      ['ligne 2'],
    ],
    [
      'with two hundred thousand columns',
      `${'a;'.repeat(200_000)}\n`,
      'unreadable_file',
      ['colonnes'],
    ],
    [
      'with a specialty a row',
      header + Array.from({ length: 600 }, (_, i) => `45100;45101;x${i};3\n`).join(''),
      'invalid_mapping',
      ['500 spécialités'],
    ],
  ])('%s', async (_, content, code, pieces) => {
    checkRefusal(await refusal(content), code, ...pieces);
  });

  it('for its rejected lines, once it was read to its end, with the report', async () => {
    const bad = ['-3', '2,5', 'x'].map((cell) => `45100;45101;orl;${cell}\n`).join('');
    const error = await refusal(header + row + bad + row);
    checkRefusal(error, 'rejected_rows', 'la ligne 3', '« -3 »', 'et 2 autres', 'sans ces lignes');
    const { report } = (error as DomainError).details as { report: FlowImportReport };
    expect(report.rows).toEqual({ read: 5, kept: 2, outside: 0, rejected: 3 });
    expect(report.rejections.map(({ line }) => line)).toEqual([3, 4, 5]);
    const skipped = await readWhole(header + row + bad + row, ['45100', '45101'], {
      rejected: 'skip',
    });
    expect(skipped.report).toEqual(report);
    expect(skipped.flows).toHaveLength(2);
  });

  it('for more lines than its report details, and the CSV says how many more', () => {
    const tally = new ImportTally();
    for (let line = 2; line < 100_005; line++) tally.reject(line, 'x', 0, 0);
    const file = { name: 'extrait.csv', separator: ';', encoding: 'utf-8' };
    const report = tally.report(file, { changes: [], undated: [] }, []);
    expect([report.rows.rejected, report.rejections.length]).toEqual([100_003, 100_000]);
    const csv = reportCsv(report);
    expect(csv).toContain('rejets;;;100001;x\r\n');
    expect(csv).not.toContain('100002');
    expect(csv).toContain('rejets;lignes suivantes, non détaillées;3;;');
  });

  it('that does not exist, or is a folder', async () => {
    for (const [path, code] of [
      ['/nowhere/a.csv', 'no_such_file'],
      [folder.path, 'unreadable_file'],
    ] as const) {
      checkRefusal(await openBytes(path).catch((error) => error), code);
    }
  });

  it('with 100 MB on one line, in little memory', async () => {
    const file = join(folder.path, 'long.csv');
    const out = createWriteStream(file);
    out.write(header + row);
    const piece = Buffer.alloc(1 << 20, 'x');
    for (let i = 0; i < 100; i++) {
      if (!out.write(piece))
        await new Promise<void>((resolve) => out.once('drain', () => resolve()));
    }
    await new Promise<void>((resolve) => out.end(() => resolve()));
    const before = process.memoryUsage();
    const error = await readPath(file, ['45100']).catch((reason) => reason);
    checkRefusal(error, 'line_too_long', 'ligne 3');
    const after = process.memoryUsage();
    expect(after.rss - before.rss).toBeLessThan(60 * 2 ** 20);
    await rm(file);
  });

  it('with a long line past the first lines', async () => {
    const content = `${many}${'x'.repeat(3 << 20)}\n${row}`;
    checkRefusal(await refusal(content), 'line_too_long', 'ligne 40002');
  });

  it('and never waits for a file that is whole', async () => {
    await withFile(many, async (file) => {
      const head = await readHead(await openBytes(file));
      expect(head.sample[0]).toEqual(['45100', '45101', 'cardiologie', '12']);
    });
  });
});
