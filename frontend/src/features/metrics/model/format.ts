/** Values as people read them: the unit is in a metric's name. */
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (Math.abs(size) >= 1024 && unit < BYTES.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${trim(size)} ${BYTES[unit]}`;
}

const trim = (value: number): string => {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
};

export function formatValue(name: string, value: number): string {
  if (name.endsWith('_bytes')) return formatBytes(value);
  if (name.endsWith('_millicores')) return String(Number((value / 1000).toPrecision(3)));
  if (name.endsWith('_seconds')) return `${trim(value)} s`;
  if (name.endsWith('_ratio')) return `${trim(value * 100)} %`;
  return trim(value);
}
