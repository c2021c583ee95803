import { BellOutlined } from '@ant-design/icons';
import { loadBellDrawer } from '@features/notifications';
import { INBOX, unreadQuery } from '@shared/api/notifications';
import { useStream } from '@shared/live/useStream';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const BellDrawer = lazy(loadBellDrawer);

const MINE = { tenant: 'me', kinds: ['inbox'] } as const;

/** How much the reader was told and has not read; opens the newest of it. */
export function Bell() {
  const { t } = useTranslation('shell');
  const cache = useQueryClient();
  const { data } = useQuery(unreadQuery);
  const [open, setOpen] = useState(false);
  const readAgain = () => void cache.invalidateQueries({ queryKey: INBOX });
  useStream(MINE, { onEvent: readAgain, onLost: readAgain });
  const count = data?.unread ?? 0;
  const shown = data?.more ? `${count}+` : String(count);
  return (
    <>
      <Button
        type="text"
        aria-label={t('bell.label', { count, shown })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        icon={
          <span className="bell">
            <BellOutlined />
            {count > 0 ? (
              <span className="bell-count" aria-hidden="true">
                {shown}
              </span>
            ) : null}
          </span>
        }
      />
      {open ? (
        <Suspense>
          <BellDrawer onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
