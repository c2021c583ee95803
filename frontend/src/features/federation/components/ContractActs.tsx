import { can } from '@shared/components/Can';
import { FormModal } from '@shared/components/FormModal';
import type { SessionTenant } from '@shared/session/session';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ContractDetail, contractsKey, decide } from '../contracts';
import { ProposeContract } from './ProposeContract';
import { ReasonField } from './ReasonField';

type Act = 'sign' | 'decline' | 'revoke' | 'amend';

/** What an officer can do now, and no more. */
export function ContractActs({ contract, tenant }: { contract: ContractDetail; tenant: SessionTenant }) {
  const { t } = useTranslation('federation');
  const navigate = useNavigate();
  const [open, setOpen] = useState<Act | null>(null);
  const offered = (name: Act) => contract.acts.includes(name) && can(tenant, 'partners.decide');
  const called = (name: Act) => t(name === 'revoke' && contract.phase === 'proposed' ? 'withdraw' : name);
  const dialog = (name: Act) => ({
    open: open === name,
    title: called(name),
    submit: called(name),
    initial: {},
    done: t('done'),
    changes: [contractsKey(tenant.id)],
    onClose: () => setOpen(null),
  });
  return (
    <>
      {(['revoke', 'decline', 'amend', 'sign'] as const).filter(offered).map((name) => (
        <Button
          key={name}
          danger={name === 'revoke'}
          type={name === 'sign' ? 'primary' : 'default'}
          onClick={() => setOpen(name)}
        >
          {called(name)}
        </Button>
      ))}
      <FormModal<object> {...dialog('sign')} act={() => decide(contract, 'sign', { digest: contract.digest })}>
        <p className="contract-digest">{t('signText', { edition: contract.edition, digest: contract.digest })}</p>
      </FormModal>
      {(['decline', 'revoke'] as const).map((name) => (
        <FormModal<{ reason: string }>
          key={name}
          {...dialog(name)}
          danger
          act={({ reason }) => decide(contract, name, { reason })}
        >
          <p>{t(`explain.${name}`)}</p>
          <ReasonField />
        </FormModal>
      ))}
      {offered('amend') && (
        <ProposeContract
          open={open === 'amend'}
          tenant={tenant}
          ours={contract.our_number}
          partner={contract.partner}
          amends={contract}
          onClose={() => setOpen(null)}
          onDone={({ id }) =>
            void navigate({
              to: '/t/$tenant/parties/contracts/$contract',
              params: { tenant: tenant.slug, contract: id },
            })
          }
        />
      )}
    </>
  );
}
