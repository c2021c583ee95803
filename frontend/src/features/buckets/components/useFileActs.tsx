import { useAct } from '@shared/api/useAct';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Bucket, type Chosen, filesKey, linkTo, type Removal, removeFiles, takeBack } from '../api';

export interface FileActs {
  download: (key: string) => void;
  remove: (chosen: Chosen) => void;
}

/** What is done with files: fetched from the store, and deleted so that it can be taken back for half a minute. */
export function useFileActs(bucket: Bucket | undefined): FileActs {
  const { t } = useTranslation('buckets');
  const { notification } = App.useApp();
  const cache = useQueryClient();
  const files = bucket ? filesKey(bucket.project_id, bucket.id) : [];
  const download = useAct({
    act: async (key: string) => bucket && window.location.assign((await linkTo(bucket, key)).url),
  });
  const back = useAct({
    act: async (removal: Removal) => bucket && takeBack(bucket, removal),
    done: t('takenBack'),
    changes: [files],
  });
  const remove = useAct({
    act: async (chosen: Chosen) => bucket && removeFiles(bucket, chosen),
    onDone: (removal, chosen) => {
      void cache.invalidateQueries({ queryKey: files });
      if (!removal) return;
      notification.open({
        key: removal.id,
        title: t('deleted', { count: chosen.keys.length + chosen.folders.length }),
        description: t('deletedText'),
        duration: removal.left_seconds,
        actions: (
          <Button
            size="small"
            onClick={() => {
              notification.destroy(removal.id);
              back.mutate(removal);
            }}
          >
            {t('undo')}
          </Button>
        ),
      });
    },
  });
  return { download: (key) => download.mutate(key), remove: (chosen) => remove.mutate(chosen) };
}
