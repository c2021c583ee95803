import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { FormModal } from '@shared/components/FormModal';
import type { SessionTenant } from '@shared/session/session';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { act, type PartnerDetail, partnersKey } from '../api';
import { ReasonField } from './ReasonField';

const CHECKED = ['accept', 'confirm'] as const;
const PLAIN = ['rotate', 'resume'] as const;
const REASONED = ['refuse', 'suspend', 'cut', 'leave'] as const;
type Checked = (typeof CHECKED)[number];
type Reasoned = (typeof REASONED)[number];

/** What an officer can do now, and no more. */
export function Acts({ partner, tenant }: { partner: PartnerDetail; tenant: SessionTenant }) {
  const { t } = useTranslation('federation');
  const [open, setOpen] = useState<Checked | Reasoned | null>(null);
  const changes = [partnersKey(tenant.id)];
  const simply = useAct({ act: (name: 'rotate' | 'resume') => act(partner, name), done: t('done'), changes });
  const offered = (name: string) =>
    partner.acts.includes(name) && can(tenant, name === 'cut' ? 'partners.cut' : 'partners.decide');
  const dialog = (name: Checked | Reasoned) => ({
    open: open === name,
    title: t(name),
    submit: t(name),
    initial: {},
    done: t('done'),
    changes,
    onClose: () => setOpen(null),
  });
  const needed = [{ required: true, message: t('needs') }];
  return (
    <>
      {REASONED.filter(offered).map((name) => (
        <Button key={name} danger={name === 'cut' || name === 'leave'} onClick={() => setOpen(name)}>
          {t(name)}
        </Button>
      ))}
      {PLAIN.filter(offered).map((name) => (
        <Button key={name} loading={simply.isPending} title={t(`explain.${name}`)} onClick={() => simply.mutate(name)}>
          {t(name)}
        </Button>
      ))}
      {CHECKED.filter(offered).map((name) => (
        <Button key={name} type="primary" onClick={() => setOpen(name)}>
          {t(name)}
        </Button>
      ))}
      {CHECKED.map((name) => (
        <FormModal<{ fingerprint: string }>
          key={name}
          {...dialog(name)}
          act={({ fingerprint }) => act(partner, name, { fingerprint })}
        >
          <p>{t(`explain.${name}`)}</p>
          <Form.Item name="fingerprint" label={t('theirWords')} extra={t('theirWordsHelp')} rules={needed}>
            <Input autoComplete="off" spellCheck={false} autoFocus />
          </Form.Item>
        </FormModal>
      ))}
      {REASONED.map((name) => (
        <FormModal<{ reason: string; confirm?: string }>
          key={name}
          {...dialog(name)}
          danger={name !== 'suspend'}
          act={({ reason, confirm }) =>
            act(partner, name, name === 'leave' ? { reason, confirm: confirm ?? '' } : { reason })
          }
        >
          <p>{t(`explain.${name}`)}</p>
          <ReasonField />
          {name === 'leave' && partner.number !== null && (
            <Form.Item name="confirm" label={`${t('number')}: ${partner.number}`} rules={needed}>
              <Input autoComplete="off" inputMode="numeric" />
            </Form.Item>
          )}
        </FormModal>
      ))}
    </>
  );
}
