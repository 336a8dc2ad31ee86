import { frenchNumber } from '../../core/french.ts';
import { DomainError } from '../../errors.ts';
import { limits } from './territory-file.ts';

export function truncated(name: string, what: string): DomainError {
  return new DomainError(
    'truncated_file',
    `Le fichier « ${name} » est tronqué : ${what} ; copiez-le de nouveau en entier, puis recommencez.`,
    { file: name },
  );
}

export function unreadable(name: string, why: string, cause?: unknown): DomainError {
  return new DomainError(
    'unreadable_file',
    `Le fichier « ${name} » ne peut pas être lu : ${why}.`,
    { file: name },
    { cause },
  );
}

export function noTerritory(name: string, why: string): DomainError {
  return new DomainError(
    'no_territory',
    `Le fichier « ${name} » ne contient aucun territoire : ${why}.`,
    { file: name },
  );
}

export function tooManyVertices(name: string): DomainError {
  return new DomainError(
    'too_many_vertices',
    `Les contours de « ${name} » ont plus de ${frenchNumber(limits.vertices)} points : simplifiez-les (QGIS : « Simplifier »), ou gardez seulement ceux qui vous intéressent.`,
    { file: name, limit: limits.vertices },
  );
}

export function tooManyTerritories(name: string, count: number): DomainError {
  return new DomainError(
    'too_many_territories',
    `Le fichier « ${name} » contient ${frenchNumber(count)} territoires, ${limits.territories} au plus sont acceptés : gardez ceux qui vous intéressent, puis recommencez.`,
    { file: name, count, limit: limits.territories },
  );
}

export function tooManyUnits(name: string): DomainError {
  return new DomainError(
    'too_many_territories',
    `Le fichier « ${name} » cite plus de ${frenchNumber(limits.units)} communes : gardez celles qui vous intéressent, puis recommencez.`,
    { file: name, limit: limits.units },
  );
}
