import { KeyOutlined, MobileOutlined, SafetyOutlined } from '@ant-design/icons';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { sessionQuery } from '@shared/session/session';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddApp } from './AddApp';
import { AddPasskey } from './AddPasskey';
import { FACTORS, type Factor, factors, factorsQuery, isChangeOfMind, passkeys } from './api';
import { CodesOnce } from './CodesOnce';
import { useProof } from './useProof';
import './words';

/** Second factors: what is there, how to add one, and the codes for when it is lost. */
export function Factors() {
  const { t } = useTranslation('security');
  const { t: shared } = useTranslation();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const { prove, dialog } = useProof();
  const query = useQuery(factorsQuery);
  const [adding, setAdding] = useState<'app' | 'passkey' | null>(null);
  const [renaming, setRenaming] = useState<Factor | null>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const changes = [FACTORS, ['me', 'sessions'], sessionQuery.queryKey];
  const remove = useAct<Factor>({
    act: ({ type, id }) => prove(() => (type === 'totp' ? factors.removeApp() : factors.removePasskey(id ?? 0))),
    done: t('factors.removed'),
    changes,
    onDone: () => setProblem(null),
    onProblem: (error) => setProblem(isChangeOfMind(error) ? null : error),
  });
  const renew = useAct<void, string[]>({
    act: () => prove(factors.newCodes),
    changes,
    onDone: setCodes,
    onProblem: (error) => setProblem(isChangeOfMind(error) ? null : error),
  });
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <PageLoading />;
  const real = query.data.filter(({ type }) => type !== 'recovery_codes');
  const kept = query.data.find(({ type }) => type === 'recovery_codes');
  const added = async () => {
    setAdding(null);
    void message.success(t('factors.added'));
    if (!kept) renew.mutate();
    else await Promise.all(changes.map((queryKey) => cache.invalidateQueries({ queryKey })));
  };
  const ask = (factor: Factor, name: string) =>
    modal.confirm({
      title: t('factors.remove', { name }),
      content: t(real.length > 1 ? 'factors.removeText' : 'factors.removeLastText'),
      okText: shared('remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutate(factor),
    });
  const support = passkeys();
  return (
    <section aria-labelledby="factors">
      <h2 id="factors" className="section-title">
        {t('factors.title')}
      </h2>
      <p className="muted">{t(real.length > 0 ? 'factors.text' : 'factors.none')}</p>
      <ul className="factor-list">
        {real.map((factor) => {
          const name = factor.type === 'totp' ? t('app.name') : factor.name || t('passkey.one');
          return (
            <FactorRow
              key={factor.id ?? factor.type}
              icon={factor.type === 'totp' ? <MobileOutlined /> : <KeyOutlined />}
              name={name}
              kind={factor.type === 'webauthn' ? t('passkey.one') : ''}
              usedAt={factor.last_used_at}
            >
              {factor.type === 'webauthn' ? (
                <Button size="small" type="text" onClick={() => setRenaming(factor)}>
                  {t('passkey.rename')}
                </Button>
              ) : null}
              <Button size="small" type="text" danger onClick={() => ask(factor, name)}>
                {shared('remove')}
              </Button>
            </FactorRow>
          );
        })}
        {kept ? (
          <FactorRow
            icon={<SafetyOutlined />}
            name={t('codes.name')}
            kind={t('codes.left', { count: kept.unused_code_count ?? 0 })}
            usedAt={kept.last_used_at}
          >
            <Button
              size="small"
              type="text"
              onClick={() =>
                modal.confirm({
                  title: t('codes.make'),
                  content: t('codes.makeText'),
                  okText: t('codes.make'),
                  onOk: () => renew.mutate(),
                })
              }
            >
              {t('codes.make')}
            </Button>
          </FactorRow>
        ) : null}
      </ul>
      {problem ? <ErrorPanel error={problem} /> : null}
      <Flex gap={8} wrap>
        {real.some(({ type }) => type === 'totp') ? null : (
          <Button onClick={() => setAdding('app')}>{t('app.add')}</Button>
        )}
        <Button disabled={support !== 'here'} onClick={() => setAdding('passkey')}>
          {t('passkey.add')}
        </Button>
      </Flex>
      {support === 'here' ? null : (
        <p className="muted">
          {support === 'none'
            ? t('passkey.without')
            : t('passkey.needsName', { address: `http://localhost:${location.port}` })}
        </p>
      )}
      {adding === 'app' ? <AddApp prove={prove} onAdded={added} onClose={() => setAdding(null)} /> : null}
      {adding === 'passkey' ? <AddPasskey prove={prove} onAdded={added} onClose={() => setAdding(null)} /> : null}
      {renaming ? (
        <FormModal<{ name: string }>
          open
          title={t('passkey.rename')}
          submit={shared('save')}
          initial={{ name: renaming.name ?? '' }}
          act={({ name }) => prove(() => factors.rename(renaming.id ?? 0, name))}
          done={shared('saved')}
          changes={[FACTORS]}
          onClose={() => setRenaming(null)}
        >
          <Form.Item name="name" label={t('passkey.name')} rules={[{ required: true, whitespace: true, max: 100 }]}>
            <Input autoComplete="off" />
          </Form.Item>
        </FormModal>
      ) : null}
      {codes.length > 0 ? <CodesOnce codes={codes} onClose={() => setCodes([])} /> : null}
      {dialog}
    </section>
  );
}

interface RowProps {
  icon: ReactNode;
  name: string;
  kind: string;
  usedAt: number | null;
  children: ReactNode;
}

function FactorRow({ icon, name, kind, usedAt, children }: RowProps) {
  const { t } = useTranslation('security');
  return (
    <li>
      <span aria-hidden="true">{icon}</span>
      <span className="factor-name">
        <strong>{name}</strong>{' '}
        <span className="muted">
          {kind ? `${kind} · ` : ''}
          {usedAt ? (
            <>
              {t('factors.used')} <RelativeTime at={new Date(usedAt * 1000).toISOString()} />
            </>
          ) : (
            t('factors.neverUsed')
          )}
        </span>
      </span>
      <Flex gap={4}>{children}</Flex>
    </li>
  );
}
