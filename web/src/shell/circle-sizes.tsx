/** Circles of the map in their true sizes, on one line, each with what it stands for. */
export function CircleSizes({ sizes }: { sizes: { radius: number; label: string }[] }) {
  return (
    <span class="circle-sizes">
      {sizes.map(({ radius, label }) => (
        <span key={label}>
          <svg
            width={2 * radius + 2}
            height={2 * radius + 2}
            viewBox={`${-radius - 1} ${-radius - 1} ${2 * radius + 2} ${2 * radius + 2}`}
            aria-hidden="true"
          >
            <circle r={radius} fill="#c9d3dd" stroke="#5d6874" />
          </svg>
          {label}
        </span>
      ))}
    </span>
  );
}
