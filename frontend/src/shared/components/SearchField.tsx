import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';

interface Props {
  label: string;
  value: string;
  /** Called when typing rests. */
  onChange: (value: string) => void;
}

const REST_MS = 300;

/** A search field that waits until typing rests, so that the server is asked once. */
export function SearchField({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const reported = useRef(value);
  useEffect(() => {
    if (value !== reported.current) {
      reported.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === reported.current) return;
    const timer = setTimeout(() => {
      reported.current = typed;
      onChange(typed.trim());
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <Input
      allowClear
      aria-label={label}
      placeholder={label}
      prefix={<SearchOutlined className="muted" />}
      className="search-field"
      style={{ width: 240 }}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
