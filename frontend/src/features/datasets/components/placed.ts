/** Where nodes of a lineage are drawn: a column a step, rows in the order in which they came. */
export const SIZE = { width: 190, height: 28 };
const GAP = { x: 50, y: 8 };

interface Step {
  id: string;
  step: number;
}

export function placed(nodes: readonly Step[]) {
  const first = Math.min(...nodes.map(({ step }) => step));
  const rows = new Map<number, number>();
  const at: Record<string, { x: number; y: number }> = {};
  for (const { id, step } of nodes) {
    const row = rows.get(step) ?? 0;
    rows.set(step, row + 1);
    at[id] = { x: (step - first) * (SIZE.width + GAP.x), y: row * (SIZE.height + GAP.y) };
  }
  const columns = Math.max(...nodes.map(({ step }) => step)) - first + 1;
  return {
    at,
    width: columns * (SIZE.width + GAP.x),
    height: Math.max(...rows.values()) * (SIZE.height + GAP.y),
  };
}
