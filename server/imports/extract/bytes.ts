import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { DomainError } from '../../errors.ts';
import type { OnProgress } from '../rows.ts';
import { emptyFile } from '../text.ts';

const CHUNK = 1 << 18;

/** A file to be read in pieces, plain or gzip. */
export interface ByteSource {
  path: string;
  /** file name, for messages */
  name: string;
  /** bytes on disk */
  size: number;
  gzip: boolean;
}

/** Looks at a file without reading it; gzip is told by its first bytes, whatever its name. */
export async function openBytes(path: string, name = basename(path)): Promise<ByteSource> {
  try {
    const file = await open(path);
    try {
      const stats = await file.stat();
      if (stats.isDirectory()) {
        throw new DomainError(
          'unreadable_file',
          `« ${name} » est un dossier et non un fichier : nommez le fichier à lire.`,
          { file: name },
        );
      }
      if (stats.size === 0) throw emptyFile(name);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      const gzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
      return { path, name, size: stats.size, gzip };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(error, path, name);
  }
}

/** The text bytes of a file, unzipped, piece by piece. `onProgress` tells bytes on disk. */
export async function* readBytes(
  source: ByteSource,
  onProgress: OnProgress = () => {},
): AsyncGenerator<Buffer> {
  const file = createReadStream(source.path, { highWaterMark: CHUNK });
  const told = () => onProgress(file.bytesRead, source.size);
  const stream = source.gzip ? file.pipe(createGunzip({ chunkSize: CHUNK })) : file;
  if (stream !== file) file.on('error', (error) => stream.destroy(error));
  try {
    for await (const chunk of stream) {
      yield chunk as Buffer;
      told();
    }
  } catch (error) {
    throw unreadable(error, source.path, source.name);
  } finally {
    stream.destroy();
    file.destroy();
  }
}

/** SHA-256 of the bytes on disk, hexadecimal: the same file is noticed by it. */
export async function hashFile(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of readBytes({ ...source, gzip: false })) hash.update(chunk);
  return hash.digest('hex');
}

function unreadable(error: unknown, path: string, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof DomainError || code === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DomainError(
      'no_such_file',
      `Le fichier « ${path} » n’existe pas : vérifiez son chemin.`,
      { file: name },
      { cause: error },
    );
  }
  if (code === 'Z_BUF_ERROR') {
    return new DomainError(
      'truncated_file',
      `Le fichier compressé « ${name} » est tronqué, sa fin manque : copiez-le de nouveau en entier, puis recommencez.`,
      { file: name },
      { cause: error },
    );
  }
  if (code.startsWith('Z_')) {
    return new DomainError(
      'unreadable_file',
      `Le fichier compressé « ${name} » est abîmé et ne peut pas être décompressé : copiez-le de nouveau, puis recommencez.`,
      { file: name },
      { cause: error },
    );
  }
  return new DomainError(
    'unreadable_file',
    `Le fichier « ${name} » ne peut pas être lu (${code}) : vérifiez les droits d’accès.`,
    { file: name },
    { cause: error },
  );
}
