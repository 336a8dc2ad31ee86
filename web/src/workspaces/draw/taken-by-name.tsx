import type { Region } from '../../state/region.ts';

interface Props {
  region: Region;
  taken: readonly { text: string; unit: number }[];
}

/** Lines whose code is not that of the commune they name: postal codes look like INSEE codes. */
export function TakenByName({ region, taken }: Props) {
  if (taken.length === 0) return null;
  return (
    <div class="notice">
      <p>Prises par leur nom, le code n’étant pas le leur (code postal&nbsp;?)&nbsp;:</p>
      <ul>
        {taken.slice(0, 50).map(({ text, unit }) => (
          <li key={text}>
            «&nbsp;{text}&nbsp;» → {region.name[unit]}{' '}
            <span class="quiet figure">{region.code[unit]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
