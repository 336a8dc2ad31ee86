import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * A complete download, one JSON line a department: the contours of the whole country are longer
 * than the longest string the engine can hold. The file exists only once it is complete.
 */
export async function readCache(file: string): Promise<unknown[] | null> {
  if (!existsSync(file)) return null;
  const answers: unknown[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
      answers.push(JSON.parse(line));
    }
    return answers;
  } catch {
    // A file damaged on disk is fetched again.
    return null;
  }
}

/** Writes beside the file, which takes its name at `keep()` and leaves no trace at `drop()`. */
export class CacheWriter {
  readonly #file: string;
  readonly #part: string;
  readonly #handle: FileHandle;

  private constructor(file: string, part: string, handle: FileHandle) {
    this.#file = file;
    this.#part = part;
    this.#handle = handle;
  }

  static async create(file: string): Promise<CacheWriter> {
    mkdirSync(dirname(file), { recursive: true });
    const part = `${file}.${process.pid}.part`;
    return new CacheWriter(file, part, await open(part, 'w'));
  }

  async add(answer: unknown): Promise<void> {
    await this.#handle.write(`${JSON.stringify(answer)}\n`);
  }

  async keep(): Promise<void> {
    await this.#handle.close();
    renameSync(this.#part, this.#file);
  }

  async drop(): Promise<void> {
    await this.#handle.close();
    rmSync(this.#part, { force: true });
  }
}
