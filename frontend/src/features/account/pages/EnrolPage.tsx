import { useAct } from '@shared/api/useAct';
import { LATER } from '@shared/routing/routes';
import { sessionQuery, useSession } from '@shared/session/session';
import { signOut } from '@shared/session/signOut';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Factors } from '../security/Factors';
import '../security/words';

/** Before anything else, for those whose roles wait for a second factor. */
export function EnrolPage() {
  const { t } = useTranslation('security');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { second_factor } = useSession();
  const leaving = useAct({
    act: signOut,
    onDone: (address) => {
      if (address) return location.assign(address);
      void navigate({ to: '/sign-in' }).then(() => cache.clear());
    },
  });
  const goOn = async () => {
    sessionStorage.setItem(LATER, '1');
    await cache.invalidateQueries(sessionQuery);
    await navigate({ to: '/' });
  };
  const tenants = second_factor.needed_in.map(({ name }) => name).join(', ');
  return (
    <div className="sign-in">
      <main id="content" tabIndex={-1} style={{ width: 'min(560px, 92vw)' }}>
        <h1>{t('enrol.title')}</h1>
        <p>{t('enrol.text')}</p>
        {second_factor.needed ? <p className="muted">{t('enrol.everywhere')}</p> : null}
        {tenants ? <p className="muted">{t('enrol.tenants', { tenants })}</p> : null}
        <Factors />
        <Flex gap={8} style={{ marginTop: 24 }}>
          {second_factor.present ? (
            <Button type="primary" onClick={goOn}>
              {t('enrol.on')}
            </Button>
          ) : null}
          {!second_factor.present && !second_factor.needed ? <Button onClick={goOn}>{t('enrol.later')}</Button> : null}
          <Button type="text" onClick={() => leaving.mutate()}>
            {t('enrol.signOut')}
          </Button>
        </Flex>
      </main>
    </div>
  );
}
