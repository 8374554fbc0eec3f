export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="var(--brand)"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3 10 12 4l9 6M5 10v10M19 10v10M3 20h18M9 20v-6h6v6" />
    </svg>
  );
}
