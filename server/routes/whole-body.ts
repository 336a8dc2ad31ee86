import type { IncomingMessage } from 'node:http';
import { DomainError } from '../errors.ts';
import { limits } from '../imports/territory/territory-file.ts';

/**
 * A file sent as it is, in memory.
 *
 * @throws DomainError `unsupported_media_type`, `file_too_large`, `upload_cut`
 */
export async function wholeBody(
  raw: unknown,
  announced: string | undefined,
  file: string,
): Promise<Uint8Array> {
  const body = raw as IncomingMessage | undefined;
  if (typeof body?.iterator !== 'function') {
    throw new DomainError(
      'unsupported_media_type',
      'Le fichier doit être le corps de la requête : ajoutez l’en-tête « content-type: application/octet-stream ».',
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (Number(announced ?? 0) > limits.bytes) throw tooLarge(file);
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > limits.bytes) throw tooLarge(file);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      'upload_cut',
      `L’envoi de « ${file} » a été interrompu : choisissez-le de nouveau.`,
      { file },
      { cause: error },
    );
  } finally {
    // What is refused is read to its end, or its sender would not see why.
    body.resume();
  }
  return Buffer.concat(chunks);
}

function tooLarge(file: string): DomainError {
  return new DomainError(
    'file_too_large',
    `Le fichier « ${file} » dépasse ${limits.bytes / 2 ** 20} Mo : simplifiez-en les contours (QGIS : « Simplifier »), ou gardez seulement ce qui vous intéresse.`,
    { file, limit: limits.bytes },
  );
}
