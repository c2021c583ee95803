import { CopyButton } from '@shared/components/CopyButton';
import { Alert, Button, Flex, Form, Input, Segmented, Select, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppDetail } from '../api';
import { type Answered, ask } from '../model/ask';
import { type Call, SNIPPETS, urlOf, WAYS, type Way } from '../model/snippets';

const PROBE = ' probe';

type Answer = Answered | 'unreachable';

/** One request to the app from here, and the same as programs write it. */
export function TryIt({ app }: { app: AppDetail }) {
  const { t } = useTranslation('apps');
  const { endpoints, probe } = app.spec;
  const [chosen, setChosen] = useState(endpoints[0]?.name ?? PROBE);
  const endpoint = endpoints.find(({ name }) => name === chosen);
  const { method = 'GET', path = probe.path } = endpoint ?? {};
  const [bodies, setBodies] = useState<Record<string, string>>({});
  const [key, setKey] = useState('');
  const [way, setWay] = useState<Way>('curl');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [under, setUnder] = useState<AbortController | null>(null);
  useEffect(() => () => under?.abort(), [under]);
  if (!app.address) return <Alert type="info" showIcon title={t('try.needsAddress')} />;

  const withBody = method !== 'GET' && method !== 'DELETE';
  const body = withBody ? (bodies[chosen] ?? endpoint?.example ?? '') : '';
  const call: Call = { method, url: urlOf(app.address, path), body, withKey: app.access !== 'public' };
  const program = SNIPPETS[way](call);
  const send = async () => {
    const controller = new AbortController();
    setUnder(controller);
    const answered = await ask(call, key.trim(), controller.signal).catch(() => 'unreachable' as const);
    setUnder(null);
    setAnswer(answered);
  };
  return (
    <div style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))' }}>
      <Form layout="vertical" onFinish={() => void send()}>
        {endpoint?.description ? <p className="muted">{endpoint.description}</p> : null}
        <Form.Item label={t('try.endpoint')} htmlFor="try-endpoint">
          <Select
            id="try-endpoint"
            value={chosen}
            onChange={(name) => {
              setChosen(name);
              setAnswer(null);
            }}
            options={[
              ...endpoints.map((one) => ({ value: one.name, label: `${one.name} · ${one.method} ${one.path}` })),
              { value: PROBE, label: `${t('try.probe')} · GET ${probe.path}` },
            ]}
          />
        </Form.Item>
        {withBody ? (
          <Form.Item label={t('try.body')} htmlFor="try-body">
            <Input.TextArea
              id="try-body"
              className="mono"
              autoSize={{ minRows: 4, maxRows: 14 }}
              spellCheck={false}
              value={body}
              onChange={(event) => setBodies({ ...bodies, [chosen]: event.target.value })}
            />
          </Form.Item>
        ) : null}
        {call.withKey ? (
          <Form.Item label={t('try.key')} htmlFor="try-key" extra={t('try.keyHelp')}>
            <Input.Password
              id="try-key"
              autoComplete="off"
              className="mono"
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          </Form.Item>
        ) : null}
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={under !== null}>
            {t('try.send')}
          </Button>
          {under ? <Button onClick={() => under.abort()}>{t('try.enough')}</Button> : null}
        </Flex>
        {answer ? <Shown answer={answer} /> : null}
      </Form>
      <section aria-label={t('try.programs')}>
        <Flex justify="space-between" align="center" gap={8} wrap>
          <Segmented
            aria-label={t('try.programs')}
            value={way}
            onChange={setWay}
            options={WAYS.map((value) => ({ value, label: LABELS[value] }))}
          />
          <CopyButton text={program} />
        </Flex>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too. */}
        <pre className="mono code-block" tabIndex={0}>
          {program}
        </pre>
      </section>
    </div>
  );
}

const LABELS: Record<Way, string> = { curl: 'curl', python: 'Python', javascript: 'JavaScript' };

function Shown({ answer }: { answer: Answer }) {
  const { t } = useTranslation('apps');
  if (answer === 'unreachable') return <Alert type="warning" title={t('try.unreachable')} style={{ marginTop: 16 }} />;
  return (
    <section aria-label={t('try.answer')} style={{ marginTop: 16 }}>
      <Tag color={answer.status < 400 ? 'success' : 'error'}>{t('try.took', { ...answer })}</Tag>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too. */}
      <pre className="mono code-block" tabIndex={0} style={{ maxHeight: 320 }}>
        {answer.text}
      </pre>
      {answer.cut ? <p className="muted">{t('try.cut')}</p> : null}
    </section>
  );
}
