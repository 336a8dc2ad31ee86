import type { ExtractInspection } from '../../../server/contracts/flow-imports.ts';
import { ScrollArea } from '../shell/scroll-area.tsx';
import { isWide, type Role, withRole } from './roles.ts';

interface Props {
  file: ExtractInspection;
  roles: readonly Role[];
  setRoles(roles: Role[]): void;
}

/** The first rows, and over each column what it holds. */
export function SampleTable({ file, roles, setRoles }: Props) {
  const wide = isWide(roles);
  return (
    <ScrollArea class="sample" label="Premières lignes du fichier">
      <table>
        <thead>
          <tr>
            {file.columns.map((column, at) => (
              <th key={column || at} scope="col" class={`role-${roles[at]}`}>
                <select
                  class="input"
                  aria-label={`La colonne « ${column} » est`}
                  value={roles[at]}
                  disabled={column === ''}
                  onChange={(event) =>
                    setRoles(withRole(roles, at, event.currentTarget.value as Role))
                  }
                >
                  <option value="origin">commune de résidence</option>
                  <option value="destination">commune de soins</option>
                  <option value="specialty">spécialité</option>
                  <option value="patients">
                    {wide && column ? `patients de « ${column} »` : 'patients'}
                  </option>
                  <option value="ignored">colonne ignorée</option>
                </select>
                <span>{column || '(sans nom)'}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.sample.map((row, line) => (
            <tr key={line}>
              {file.columns.map((column, at) => (
                <td key={column || at} class={`role-${roles[at]}`}>
                  {row[at] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
