import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { DomainError } from '../errors.ts';

/** Bytes to text: byte order marks first, then UTF-8, then what French office software writes. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    // TextDecoder drops a UTF-8 byte order mark by itself.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return windows1252(bytes);
  }
}

/** 0x80 to 0x9F, where windows-1252 differs from Latin-1; dots where it has nothing. */
const windowsOnly = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ';

/** By hand: TextDecoder('windows-1252') of Node 20 and 22 decodes plain Latin-1, losing œ and ’. */
export function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (control) => windowsOnly[control.charCodeAt(0) - 0x80] ?? control);
}

/** The whole text of a file, or the one sentence that says why it cannot be had. */
export function readText(file: string, name = basename(file)): string {
  return textOf(readBytes(file, name), name);
}

/** The same for bytes at hand, of a file called `name`. */
export function textOf(bytes: Uint8Array, name: string): string {
  if (bytes.length === 0) throw emptyFile(name);
  if (isBinary(bytes)) {
    throw new DomainError(
      'unreadable_file',
      `Le fichier « ${name} » n’est pas du texte (classeur, archive ou image ?) : enregistrez-le en CSV ou en GeoJSON, puis recommencez.`,
      { file: name },
    );
  }
  const text = decode(bytes);
  if (text.trim() === '') throw emptyFile(name);
  return text;
}

function readBytes(file: string, name: string): Uint8Array {
  try {
    if (statSync(file).isDirectory()) {
      throw new DomainError(
        'unreadable_file',
        `« ${name} » est un dossier et non un fichier : nommez le fichier à lire.`,
        { file: name },
      );
    }
    return readFileSync(file);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === 'ENOENT' || reason === 'ENOTDIR') {
      throw new DomainError(
        'no_such_file',
        `Le fichier « ${file} » n’existe pas : vérifiez son chemin.`,
        { file },
        { cause: error },
      );
    }
    throw new DomainError(
      'unreadable_file',
      `Le fichier « ${name} » ne peut pas être lu (${reason ?? String(error)}) : vérifiez les droits d’accès.`,
      { file: name },
      { cause: error },
    );
  }
}

/** What to say of a file that holds no row. */
export function emptyFile(name: string): DomainError {
  return new DomainError(
    'empty_file',
    `Le fichier « ${name} » est vide ou n’a que son en-tête : choisissez un fichier qui contient des lignes de données.`,
    { file: name },
  );
}

/** A NUL byte in the first kilobytes: no CSV nor JSON has one, every workbook or archive has. */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return false;
  return bytes.subarray(0, 4096).includes(0);
}
