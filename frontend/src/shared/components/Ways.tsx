import { hanse, python } from '@shared/lib/commands';
import { type ApiCall, apiLine, curl } from '@shared/lib/curl';
import { Flex, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton';

const WAYS = { hanse, curl, python } as const;

/** A call of the API as the command, as curl and as a program, ready to copy. */
export default function Ways({ call }: { call: ApiCall }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<keyof typeof WAYS>('hanse');
  return (
    <div style={{ width: 'min(620px, 80vw)' }}>
      <Shown label={t('asApi.call')} text={apiLine(call)} />
      <Segmented
        size="small"
        aria-label={t('asApi.way')}
        value={by}
        onChange={setBy}
        options={[
          { value: 'hanse', label: 'hanse' },
          { value: 'curl', label: 'curl' },
          { value: 'python', label: 'Python' },
        ]}
      />
      <Shown label={t(`asApi.${by}`)} text={WAYS[by](call)} />
      <p className="muted" style={{ marginBottom: 0 }}>
        {t('asApi.token')}
      </p>
    </div>
  );
}

function Shown({ label, text }: { label: string; text: string }) {
  return (
    <div style={{ marginBottom: 8 }}>
      <Flex justify="space-between" align="center">
        <span className="muted">{label}</span>
        <CopyButton text={text} />
      </Flex>
      <pre className="mono code-block">{text}</pre>
    </div>
  );
}
