import { counted, formatInhabitants } from '../../../french/numbers.ts';

interface Props {
  title: string;
  units: readonly { code: string; name: string; population: number }[];
  most?: number;
}

/** Communes with their population; past `most`, how many are left. */
export function UnitList({ title, units, most = 40 }: Props) {
  return (
    <section>
      <h3>{title}</h3>
      <ul class="unit-list">
        {units.slice(0, most).map(({ code, name, population }) => (
          <li key={code}>
            <span>
              {name} <span class="quiet figure">{code}</span>
            </span>
            <span class="figure">{formatInhabitants(population)}</span>
          </li>
        ))}
      </ul>
      {units.length > most && <p class="quiet">et {counted(units.length - most, 'autre')}</p>}
    </section>
  );
}
