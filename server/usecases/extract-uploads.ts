import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFull } from '../disk-full.ts';
import { DomainError } from '../errors.ts';

/** How long a file waits for its import, ms. */
const KEPT_MS = 2 * 60 * 60 * 1000;
/** Files kept at once, all users together: the oldest makes room. */
const MOST = 8;

/** A file that was sent, on its way to an import. */
export interface ExtractUpload {
  id: string;
  /** name it had where it came from */
  name: string;
  path: string;
  bytes: number;
  /** SHA-256, hexadecimal */
  hash: string;
  expiresAt: Date;
}

export interface ExtractUploads {
  /**
   * Writes a body to a file as it comes. Nothing is left of one that fails.
   *
   * @throws DomainError `file_too_large`, `empty_file`, `upload_cut`
   */
  receive(
    name: string,
    body: AsyncIterable<Uint8Array>,
    announced?: number,
  ): Promise<ExtractUpload>;
  /** @throws DomainError `unknown_upload` */
  find(id: string): ExtractUpload;
  /** A file in use is kept until `work` ends, even past its time and its removal. */
  use<T>(id: string, work: (upload: ExtractUpload) => Promise<T>): Promise<T>;
  /** Keeps a file that waits for its turn until then: others that are sent do not push it out. */
  keep(id: string, until: Promise<void>): void;
  /** Forgets a file; one in use goes from the disk with its last user. */
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

interface KeptUpload extends ExtractUpload {
  /** those who read it now */
  users: number;
  /** runs that wait for their turn */
  waiting: number;
}

/**
 * Files that were sent and wait to be imported, in a folder of their own that holds nothing else:
 * what a crash left there goes at the next start.
 */
export function extractUploads(folder: string, limitBytes: number): ExtractUploads {
  rmSync(folder, { recursive: true, force: true });
  const uploads = new Map<string, KeptUpload>();
  const sweeper = setInterval(() => void sweep(), KEPT_MS / 8);
  sweeper.unref();

  async function remove(id: string): Promise<void> {
    const upload = uploads.get(id);
    uploads.delete(id);
    if (upload?.users === 0) await rm(upload.path, { force: true });
  }

  async function sweep(): Promise<void> {
    const idle = [...uploads.values()].filter((upload) => !isNeeded(upload));
    const late = idle.filter(({ expiresAt }) => expiresAt.getTime() < Date.now());
    const many = idle.slice(0, Math.max(0, uploads.size - MOST));
    for (const { id } of new Set([...late, ...many])) await remove(id);
  }

  function find(id: string) {
    const upload = uploads.get(id);
    if (upload && (isNeeded(upload) || upload.expiresAt.getTime() > Date.now())) return upload;
    throw new DomainError(
      'unknown_upload',
      'Ce fichier n’est plus sur le serveur (il y reste deux heures, jusqu’à son import) : choisissez-le de nouveau.',
    );
  }

  return {
    find,
    remove,

    async receive(name, body, announced = 0) {
      const tooLarge = () =>
        new DomainError(
          'file_too_large',
          `Le fichier « ${name} » dépasse ${megabytes(limitBytes)} : compressez-le en gzip si c’est une table, retirez-en ce qui est inutile, ou relevez la limite du serveur (MAILLAGE_UPLOAD_MB).`,
          { file: name, limit: limitBytes },
        );
      if (announced > limitBytes) throw tooLarge();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const id = randomBytes(16).toString('base64url');
      const path = join(folder, id);
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        const file = await open(path, 'wx', 0o600);
        try {
          for await (const chunk of body) {
            bytes += chunk.length;
            if (bytes > limitBytes) throw tooLarge();
            hash.update(chunk);
            await file.writeFile(chunk);
          }
        } finally {
          await file.close();
        }
        if (bytes === 0 || bytes < announced) throw cut(name, bytes);
      } catch (error) {
        await rm(path, { force: true });
        throw error instanceof DomainError ? error : wrongly(error, name);
      }
      const expiresAt = new Date(Date.now() + KEPT_MS);
      const upload = { id, name, path, bytes, hash: hash.digest('hex'), expiresAt };
      uploads.set(id, { ...upload, users: 0, waiting: 0 });
      await sweep();
      return upload;
    },

    async use(id, work) {
      const upload = find(id);
      upload.users += 1;
      try {
        return await work(upload);
      } finally {
        upload.users -= 1;
        const forgotten = !uploads.has(id) && upload.users === 0;
        if (forgotten) await rm(upload.path, { force: true });
      }
    },

    keep(id, until) {
      const upload = uploads.get(id);
      if (!upload) return;
      upload.waiting += 1;
      const release = () => {
        upload.waiting -= 1;
      };
      until.then(release, release);
    },

    async close() {
      clearInterval(sweeper);
      uploads.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isNeeded({ users, waiting }: KeptUpload): boolean {
  return users + waiting > 0;
}

function cut(name: string, bytes: number): DomainError {
  return bytes === 0
    ? new DomainError('empty_file', `Le fichier « ${name} » est vide : choisissez-en un autre.`, {
        file: name,
      })
    : new DomainError(
        'upload_cut',
        `L’envoi de « ${name} » s’est interrompu avant sa fin : envoyez-le de nouveau.`,
        { file: name },
      );
}

/** A reader that went away, or a disk that is full. */
function wrongly(error: unknown, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNRESET' || code === 'ABORT_ERR' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return cut(name, 1);
  }
  return diskFull(error, `« ${name} » n’a pas pu y être écrit`) ?? error;
}

function megabytes(bytes: number): string {
  const size = Math.floor(bytes / 2 ** 20);
  return size < 1024 ? `${size} Mo` : `${Math.round(size / 102.4) / 10} Go`.replace('.', ',');
}
