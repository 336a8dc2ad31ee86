import type { IncomingMessage } from 'node:http';
import { DomainError } from '../errors.ts';
import type { ExtractUpload, ExtractUploads } from '../usecases/extract-uploads.ts';

interface UploadRequest {
  body: unknown;
  headers: { 'content-length'?: string | undefined };
  query: { name: string };
}

/**
 * Writes the file that a request carries as its body, and hands it to `work`; the file goes if that
 * fails.
 *
 * @throws DomainError `unsupported_media_type`, those of `receive`
 */
export async function receiveUpload<T>(
  request: UploadRequest,
  uploads: ExtractUploads,
  work: (upload: ExtractUpload) => Promise<T>,
): Promise<T> {
  const body = request.body as IncomingMessage | undefined;
  if (typeof body?.iterator !== 'function') {
    throw new DomainError(
      'unsupported_media_type',
      'Le fichier doit être le corps de la requête : ajoutez l’en-tête « content-type: application/octet-stream ».',
    );
  }
  const announced = Number(request.headers['content-length'] ?? 0);
  // A body that is refused is read to its end, and dropped: cut short, its sender would not see
  // why; left unread, it would hold its connection, and the server that waits to close.
  const chunks = body.iterator({ destroyOnReturn: false });
  const upload = await uploads
    .receive(request.query.name, chunks, announced)
    .finally(() => body.resume());
  try {
    return await work(upload);
  } catch (error) {
    await uploads.remove(upload.id);
    throw error;
  }
}
