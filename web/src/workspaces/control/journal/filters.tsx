import type { EventFilters } from '../../../../../server/contracts/events.ts';
import { type EventVerb, eventVerbs, verbLabels } from '../../../../../server/core/events/verbs.ts';
import { journalFilters, readJournal } from '../../../state/control/journal.ts';
import { today } from '../../../state/control/then.ts';
import { cptsList } from '../../../state/cpts.ts';
import { can } from '../../../state/people.ts';
import { readyValue } from '../../../state/resource.ts';

const subjects = [
  ['cpts', 'Toutes les CPTS'],
  ['unit', 'Les découpages de communes'],
  ['flow-dataset', 'Les jeux de flux'],
  ['flow-run', 'Les calculs de flux'],
  ['proposal', 'Les propositions'],
  ['vintage', 'Les communes chargées'],
  ['account', 'Les comptes'],
] as const;

const accountVerbs = new Set<EventVerb>([
  'create_account',
  'change_account',
  'invite_account',
  'set_password',
  'change_password',
  'link_provider',
  'sign_in',
  'sign_out',
  'try_role',
]);

/** Which changes are shown; every choice reads them anew. */
export function JournalFilters() {
  const filters = journalFilters.value;
  const all = readyValue(cptsList.state.value) ?? [];
  const set = (change: EventFilters) =>
    readJournal(
      Object.fromEntries(
        Object.entries({ ...filters, ...change }).filter(([, value]) => value !== ''),
      ),
    );
  const day = (name: 'from' | 'until', label: string) => (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        type="date"
        max={today()}
        value={filters[name] ?? ''}
        onChange={(event) => set({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <section class="journal-filters" aria-label="Filtres du journal">
      <label class="field">
        <span>Objet</span>
        <select
          class="input"
          value={filters.subject ?? ''}
          onChange={(event) => set({ subject: event.currentTarget.value })}
        >
          <option value="">Tout</option>
          {subjects
            .filter(([kind]) => kind !== 'account' || can('administer'))
            .map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          <optgroup label="Une CPTS">
            {all.map(({ id, name }) => (
              <option key={id} value={`cpts/${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label class="field">
        <span>Action</span>
        <select
          class="input"
          value={filters.verb ?? ''}
          onChange={(event) => set({ verb: event.currentTarget.value as EventVerb })}
        >
          <option value="">Toutes</option>
          {eventVerbs
            .filter((verb) => !accountVerbs.has(verb) || can('administer'))
            .map((verb) => (
              <option key={verb} value={verb}>
                {verbLabels[verb]}
              </option>
            ))}
        </select>
      </label>
      <label class="field">
        <span>Auteur</span>
        <input
          class="input"
          type="search"
          placeholder="nom exact"
          value={filters.actor ?? ''}
          onChange={(event) => set({ actor: event.currentTarget.value.trim() })}
        />
      </label>
      {day('from', 'Du')}
      {day('until', 'Au')}
    </section>
  );
}
