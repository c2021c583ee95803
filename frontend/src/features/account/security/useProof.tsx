import { isProblem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { Button, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Flow, flowsOf, isChangeOfMind, passkeys, proving } from './api';
import './words';

interface Pending {
  flows: Flow[];
  goOn: () => void;
  giveUp: (changeOfMind: DOMException) => void;
}

/**
 * For acts that ask for a recent proof of who one is: `prove(act)` does the act; when the server asks for a proof first,
 * a dialog does so, and the act is done again.
 */
export function useProof(): { prove: <Answer>(act: () => Promise<Answer>) => Promise<Answer>; dialog: ReactNode } {
  const [pending, setPending] = useState<Pending | null>(null);
  const prove = async <Answer,>(act: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await act();
    } catch (error) {
      if (!isProblem(error) || error.status !== 401) throw error;
      await new Promise<void>((goOn, giveUp) => setPending({ flows: flowsOf(error), goOn, giveUp }));
      return act();
    }
  };
  const close = () => setPending(null);
  return {
    prove,
    dialog: pending ? (
      <ProofDialog
        flows={pending.flows}
        onProved={() => {
          close();
          pending.goOn();
        }}
        onCancel={() => {
          close();
          pending.giveUp(new DOMException('', 'AbortError'));
        }}
      />
    ) : null,
  };
}

function ProofDialog({ flows, onProved, onCancel }: { flows: Flow[]; onProved: () => void; onCancel: () => void }) {
  const { t } = useTranslation('security');
  const [problem, setProblem] = useState<unknown>(null);
  const byPassword = flows.some(({ id }) => id === 'reauthenticate');
  const types = flows.find(({ id }) => id === 'mfa_reauthenticate')?.types ?? [];
  const byCode = !byPassword && types.some((type) => type !== 'webauthn');
  const byPasskey = types.includes('webauthn') && passkeys() === 'here';
  const attempt = async (proof: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await proof();
      onProved();
    } catch (error) {
      if (!isChangeOfMind(error)) setProblem(error);
    }
  };
  return (
    <Modal open title={t('prove.title')} footer={null} onCancel={onCancel}>
      <p className="muted">{byPassword || byCode || byPasskey ? t('prove.text') : t('prove.again')}</p>
      {byPassword || byCode ? (
        <Form<{ proof: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={({ proof }) => attempt(() => (byPassword ? proving.byPassword(proof) : proving.byCode(proof)))}
        >
          <Form.Item name="proof" label={t(byPassword ? 'prove.password' : 'prove.code')} rules={[{ required: true }]}>
            {byPassword ? (
              <Input.Password autoComplete="current-password" autoFocus />
            ) : (
              <Input autoComplete="one-time-code" autoFocus />
            )}
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('prove.submit')}
          </Button>
        </Form>
      ) : null}
      {byPasskey ? (
        <Button onClick={() => attempt(proving.byPasskey)} style={{ marginTop: 12 }}>
          {t('prove.passkey')}
        </Button>
      ) : null}
      {problem ? (
        isProblem(problem) && problem.status === 400 ? (
          <p role="alert" className="bad">
            {t('prove.wrong')}
          </p>
        ) : (
          <ErrorPanel error={problem} brief />
        )
      ) : null}
    </Modal>
  );
}
