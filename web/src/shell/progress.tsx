/** A bar from 0 to 1; null while nothing tells how far it is. */
export function ProgressBar({ label, value }: { label: string; value: number | null }) {
  const known = value === null ? {} : { value };
  return <progress class="progress" aria-label={label} max={1} {...known} />;
}
