import { expect, test } from 'vitest';
import { careKind, careKinds } from '../../../../server/core/flows/care-kinds.ts';
import { specialtyNamed } from '../../../../server/imports/extract/specialties.ts';
import { readProfessions } from '../../../../server/imports/professions.ts';

test('every profession that Maillage knows is of the kind its table says', () => {
  for (const { key, kind } of readProfessions()) {
    const told = kind === 'gp' ? 'general' : kind === 'specialty' ? 'specialist' : 'other';
    expect([key, careKind(key)]).toEqual([key, told]);
  }
});

test.each([
  ['Médecin généraliste', 'general'],
  ['01 - Médecine générale', 'general'],
  ['Médecins généralistes libéraux', 'general'],
  ['Généralistes', 'general'],
  ['Rhumatologie', 'specialist'],
  ['Chirurgie orthopédique et traumatologique', 'specialist'],
  ['Endocrinologie', 'specialist'],
  ['Infirmiers libéraux', 'other'],
  ['Masseurs-kinésithérapeutes', 'other'],
  ['Orthopédie dento-faciale', 'other'],
  ['Chirurgie dentaire', 'other'],
  ['Biologie médicale', 'other'],
])('« %s », a name of an extract, is of the kind %s', (name, kind) => {
  expect(careKind(specialtyNamed(name)!.key)).toBe(kind);
});

test('kinds are told once each, general practice first', () => {
  const keys = ['infirmier', 'orl', 'medecine-generale', 'cardiologie'];
  expect(careKinds(keys.map((key) => ({ key })))).toEqual(['general', 'specialist', 'other']);
  expect(careKinds([{ key: 'orl' }, { key: 'cardiologie' }])).toEqual(['specialist']);
});
