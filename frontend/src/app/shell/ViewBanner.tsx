import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { useExactTime } from '@shared/components/values';
import type { Session } from '@shared/session/session';
import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Says, on every page, that this is another's view of the console, and ends it. */
export default function ViewBanner({ session }: { session: Session }) {
  const { t } = useTranslation('shell');
  const exact = useExactTime();
  const until = session.viewer?.until ?? '';
  // What is on the screen and in the cache is of whom it was shown as: begin afresh.
  const end = useAct({ act: () => http.delete('/view-as/'), onDone: () => location.assign('/') });
  const { mutate } = end;
  useEffect(() => {
    const left = new Date(until).getTime() - Date.now();
    const timer = setTimeout(() => mutate(), Math.max(left, 0));
    return () => clearTimeout(timer);
  }, [until, mutate]);
  return (
    <Alert
      banner
      type="error"
      title={t('view.banner', { name: session.user.name, email: session.user.email, until: exact(until) })}
      action={
        <Button size="small" danger loading={end.isPending} onClick={() => mutate()}>
          {t('view.end')}
        </Button>
      }
    />
  );
}
