import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { joinWords, parseEnv, quantity, splitWords } from '@shared/lib/typed';
import { AutoComplete, Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import type { Path } from '../model/document';
import { useBound } from './context';

interface FieldProps {
  path: Path;
  label: string;
  help?: ReactNode;
  required?: boolean;
  wide?: boolean;
  placeholder?: string;
}

interface FrameProps extends Omit<FieldProps, 'path' | 'placeholder'> {
  id: string;
  error: string | null;
  children: ReactNode;
}

/** Label, control, and what is wrong right below it. */
function Frame({ id, label, help, required = false, wide = false, error, children }: FrameProps) {
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      required={required}
      validateStatus={error ? 'error' : ''}
      help={error ? <span id={`${id}-error`}>{error}</span> : help}
      className={wide ? (styles.wide ?? '') : ''}
    >
      {children}
    </Form.Item>
  );
}

const described = (id: string, error: string | null) =>
  error ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {};

export function TextField({ path, rows, mono = false, ...frame }: FieldProps & { rows?: number; mono?: boolean }) {
  const { id, value, set, error, touch } = useBound<string>(path);
  const props = {
    id,
    value: value ?? '',
    onBlur: touch,
    autoComplete: 'off',
    className: mono ? 'mono' : '',
    placeholder: frame.placeholder ?? '',
    ...described(id, error),
  };
  const change = (text: string) => set(text === '' && !frame.required ? undefined : text);
  return (
    <Frame id={id} error={error} {...frame}>
      {rows ? (
        <Input.TextArea
          {...props}
          autoSize={{ minRows: rows, maxRows: 12 }}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <Input {...props} onChange={(event) => change(event.target.value)} />
      )}
    </Frame>
  );
}

interface NumberProps extends FieldProps {
  min?: number;
  max?: number;
  step?: number;
  /** What one unit of the field is in the specification: 1000 for cores over millicores. */
  scale?: number;
  unit?: string;
}

export function NumberField({ path, min, max, step, scale = 1, unit, ...frame }: NumberProps) {
  const { id, value, set, error, touch } = useBound<number>(path);
  return (
    <Frame id={id} error={error} {...frame}>
      <InputNumber<number>
        id={id}
        style={{ width: '100%' }}
        value={value === undefined ? null : value / scale}
        placeholder={frame.placeholder ?? ''}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
        {...(step === undefined ? {} : { step })}
        {...(unit ? { suffix: unit } : {})}
        {...described(id, error)}
        onBlur={touch}
        onChange={(next) => set(next === null ? undefined : Math.round(next * scale))}
      />
    </Frame>
  );
}

/** An amount of memory: a quantity such as 2Gi; bytes are shown as one. */
export function QuantityField({ path, ...frame }: FieldProps) {
  const { id, value, set, error, touch } = useBound<string | number>(path);
  const shown = typeof value === 'number' ? quantity(value) : (value ?? '');
  return (
    <Frame id={id} error={error} {...frame}>
      <Input
        id={id}
        value={shown}
        placeholder={frame.placeholder ?? '2Gi'}
        onBlur={touch}
        {...described(id, error)}
        onChange={(event) => {
          const text = event.target.value.trim();
          set(text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text);
        }}
      />
    </Frame>
  );
}

interface Choice {
  value: string;
  label: string;
}

export function ChoiceField({ path, options, ...frame }: FieldProps & { options: readonly Choice[] }) {
  const { id, value, set, error } = useBound<string>(path);
  return (
    <Frame id={id} error={error} {...frame}>
      <Select
        id={id}
        value={value ?? null}
        placeholder={frame.placeholder ?? ''}
        options={[...options]}
        onChange={(next: string | null) => set(next ?? undefined)}
        {...described(id, error)}
      />
    </Frame>
  );
}

/** A name that is one of those suggested, as a rule. */
export function SuggestField({ path, options, ...frame }: FieldProps & { options: readonly Choice[] }) {
  const { id, value, set, error, touch } = useBound<string>(path);
  return (
    <Frame id={id} error={error} {...frame}>
      <AutoComplete
        id={id}
        value={value ?? ''}
        options={[...options]}
        placeholder={frame.placeholder ?? ''}
        onBlur={touch}
        onChange={(next: string) => set(next === '' ? undefined : next)}
        {...described(id, error)}
      />
    </Frame>
  );
}

export function SwitchField({ path, standard, ...frame }: FieldProps & { standard: boolean }) {
  const { id, value, set, error } = useBound<boolean>(path);
  return (
    <Frame id={id} error={error} {...frame}>
      <Switch id={id} checked={value ?? standard} onChange={set} />
    </Frame>
  );
}

/** A command line, written as for a shell; below it the words that the program will get. */
export function CommandField({ path, ...frame }: FieldProps) {
  const { t } = useTranslation('jobs');
  const { id, value, set, error, touch } = useBound<string[]>(path, true);
  const [line, setLine] = useState(() => joinWords(value ?? []));
  const words = splitWords(line);
  const known = JSON.stringify(value ?? []);
  useEffect(() => {
    // Changed elsewhere, in the YAML: show that. While a quote is open the line is the person's own.
    setLine((old) => (JSON.stringify(splitWords(old)) === known ? old : joinWords(JSON.parse(known) as string[])));
  }, [known]);
  return (
    <Frame id={id} error={words === null ? t('form.openQuote') : error} {...frame}>
      <Input.TextArea
        id={id}
        className="mono"
        value={line}
        autoSize={{ minRows: 2, maxRows: 12 }}
        spellCheck={false}
        placeholder={frame.placeholder ?? 'python train.py --epochs 3'}
        onBlur={touch}
        onChange={(event) => {
          setLine(event.target.value);
          const split = splitWords(event.target.value);
          if (split !== null) set(split.length === 0 ? undefined : split);
        }}
      />
      {words && words.length > 1 && (
        <div className={styles.words} aria-hidden="true">
          {words.map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: words are told apart by their places
            <span key={index} className={styles.word} title={word}>
              {word || '""'}
            </span>
          ))}
        </div>
      )}
    </Frame>
  );
}

/** Names and values. A pasted list of NAME=value lines becomes rows. */
export function PairsField({
  path,
  label,
  help,
  nameHint,
  addLabel,
}: FieldProps & { nameHint: string; addLabel: string }) {
  const { t } = useTranslation('jobs');
  const { id, value, set, error } = useBound<Record<string, string>>(path, true);
  const [rows, setRows] = useState<[string, string][]>(() => Object.entries(value ?? {}));
  const known = JSON.stringify(value ?? {});
  useEffect(() => {
    setRows((old) =>
      JSON.stringify(Object.fromEntries(named(old))) === known
        ? old
        : Object.entries(JSON.parse(known) as Record<string, string>),
    );
  }, [known]);
  const change = (next: [string, string][]) => {
    setRows(next);
    const map = Object.fromEntries(named(next));
    set(Object.keys(map).length > 0 ? map : undefined);
  };
  const put = (index: number, row: [string, string]) => change(rows.map((old, place) => (place === index ? row : old)));
  const doubled = new Set(named(rows).map(([name]) => name)).size < named(rows).length;
  return (
    <Frame id={id} label={label} help={help} wide error={doubled ? t('form.doubled') : error}>
      {rows.map(([name, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, its name changes as one types
        <div key={index} className={styles.line}>
          <Input
            className="mono"
            style={{ flex: '0 1 240px' }}
            aria-label={t('form.nameOf', { label, number: index + 1 })}
            placeholder={nameHint}
            value={name}
            onChange={(event) => put(index, [event.target.value, text])}
            onPaste={(event) => {
              const pasted = Object.entries(parseEnv(event.clipboardData.getData('text')));
              if (pasted.length < 2) return;
              event.preventDefault();
              change([...rows.filter((_, place) => place !== index), ...pasted]);
            }}
          />
          <Input.TextArea
            className="mono"
            autoSize={{ minRows: 1, maxRows: 6 }}
            aria-label={t('form.valueOf', { label, number: index + 1 })}
            value={text}
            onChange={(event) => put(index, [name, event.target.value])}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('form.removeRow', { label, name: name || index + 1 })}
            onClick={() => change(rows.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <Button id={id} type="dashed" icon={<PlusOutlined />} onClick={() => setRows([...rows, ['', '']])}>
        {addLabel}
      </Button>
    </Frame>
  );
}

const named = (rows: readonly [string, string][]) => rows.filter(([name]) => name.trim() !== '');
