import { DeleteOutlined, FileAddOutlined, PlusOutlined } from '@ant-design/icons';
import { formatBytes } from '@shared/lib/units';
import { Button, Flex, Input } from 'antd';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Values } from '../api';

/** An entry as it is typed or chosen; a file is kept in base64 until it is sent. */
export interface Entry {
  key: string;
  text: string;
  file?: { name: string; size: number; base64: string };
}

export const valuesOf = (entries: readonly Entry[]): Values => ({
  data: Object.fromEntries(entries.filter((one) => !one.file).map((one) => [one.key.trim(), one.text])),
  binary_data: Object.fromEntries(entries.flatMap((one) => (one.file ? [[one.key.trim(), one.file.base64]] : []))),
});

interface Props {
  value?: Entry[];
  onChange?: (entries: Entry[]) => void;
}

/** Entries of an opaque secret: names with a value or a file each. */
export function ValuesField({ value = [], onChange }: Props) {
  const { t, i18n } = useTranslation('secrets');
  const chooser = useRef<HTMLInputElement>(null);
  const field = useId();
  const put = (index: number, change: Partial<Entry>) =>
    onChange?.(value.map((one, place) => (place === index ? { ...one, ...change } : one)));
  const addFile = async (file: File | undefined) => {
    if (!file) return;
    const base64 = toBase64(new Uint8Array(await file.arrayBuffer()));
    const key = file.name.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
    onChange?.([
      ...value.filter((one) => one.key || one.text || one.file),
      { key, text: '', file: { name: file.name, size: file.size, base64 } },
    ]);
  };
  return (
    <Flex vertical gap={8}>
      {value.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place, its name changes as one types
        <Flex key={index} gap={8} align="start">
          <Input
            className="mono"
            style={{ flex: '0 1 180px' }}
            aria-label={t('key', { number: index + 1 })}
            placeholder={t('keyHint')}
            autoComplete="off"
            spellCheck={false}
            value={one.key}
            onChange={(event) => put(index, { key: event.target.value })}
          />
          {one.file ? (
            <span style={{ flex: 1, paddingTop: 5 }}>
              {t('file', { name: one.file.name, size: formatBytes(one.file.size, i18n.language) })}
            </span>
          ) : (
            <Input.TextArea
              className="mono"
              style={{ flex: 1 }}
              autoSize={{ minRows: 1, maxRows: 6 }}
              aria-label={t('valueOf', { number: index + 1 })}
              autoComplete="off"
              spellCheck={false}
              value={one.text}
              onChange={(event) => put(index, { text: event.target.value })}
            />
          )}
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeEntry', { name: one.key || index + 1 })}
            onClick={() => onChange?.(value.filter((_, place) => place !== index))}
          />
        </Flex>
      ))}
      <Flex gap={8}>
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange?.([...value, { key: '', text: '' }])}>
          {t('addEntry')}
        </Button>
        <Button type="dashed" icon={<FileAddOutlined />} onClick={() => chooser.current?.click()}>
          {t('addFile')}
        </Button>
        <input
          ref={chooser}
          id={field}
          type="file"
          style={{ display: 'none' }}
          aria-label={t('addFile')}
          onChange={(event) => {
            void addFile(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </Flex>
    </Flex>
  );
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
