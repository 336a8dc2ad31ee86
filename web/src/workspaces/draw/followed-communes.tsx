import { counted } from '../../french/numbers.ts';
import { nameOf, type Region } from '../../state/region.ts';

interface Props {
  region: Region;
  followed: readonly { text: string; code: string }[];
}

/** Communes of a list that are part of another one today. */
export function FollowedCommunes({ region, followed }: Props) {
  if (followed.length === 0) return null;
  return (
    <div class="notice">
      <p>Communes fusionnées depuis, suivies jusqu’à celle d’aujourd’hui&nbsp;:</p>
      <ul>
        {followed.slice(0, 50).map(({ text, code }, index) => (
          <li key={`${index} ${text}`}>
            «&nbsp;{text}&nbsp;» → {nameOf(region, code)} <span class="quiet figure">{code}</span>
          </li>
        ))}
      </ul>
      {followed.length > 50 && <p>… et {counted(followed.length - 50, 'autre')}.</p>}
    </div>
  );
}
