/** A bar from 0 to 1. */
export function ProgressBar({ label, value }: { label: string; value: number }) {
  return <progress class="progress" aria-label={label} max={1} value={value} />;
}
