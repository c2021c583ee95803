import { Select } from 'antd';

interface Props {
  id?: string;
  /** For who cannot see what stands beside it. */
  label?: string;
  codes: readonly number[];
  onChange: (codes: number[] | undefined) => void;
}

/** Exit codes, typed one after another. */
export function ExitCodes({ id, label, codes, onChange }: Props) {
  return (
    <Select
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label, placeholder: label } : {})}
      style={{ flex: '1 1 150px', width: label ? 'auto' : '100%' }}
      mode="tags"
      tokenSeparators={[',', ' ']}
      value={codes.map(String)}
      open={false}
      suffixIcon={null}
      onChange={(typed: string[]) => {
        const numbers = typed.map(Number).filter((code) => Number.isInteger(code));
        onChange(numbers.length > 0 ? numbers : undefined);
      }}
    />
  );
}
