import { isProblem } from '@shared/api/problem';
import { useAct } from '@shared/api/useAct';
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entriesKey, uploadFile, type Volume } from '../api';

interface UnderWay {
  name: string;
  done: number;
  files: number;
}

/** Puts files into a folder, one after the other; asks before one takes the place of another. */
export function useUpload(volume: Volume, pathOf: (name: string) => string) {
  const { t } = useTranslation('volumes');
  const { modal } = App.useApp();
  const cache = useQueryClient();
  const [underWay, setUnderWay] = useState<UnderWay>();

  const mayReplace = (name: string) =>
    new Promise<boolean>((answer) => {
      modal.confirm({
        title: t('replaceNamed', { name }),
        content: t('replaceText'),
        okText: t('replace'),
        okButtonProps: { danger: true },
        cancelText: t('keep'),
        onOk: () => answer(true),
        onCancel: () => answer(false),
      });
    });
  const put = async (file: File) => {
    try {
      await uploadFile(volume, pathOf(file.name), file, false);
    } catch (error) {
      if (!isProblem(error, 'name-taken')) throw error;
      if (await mayReplace(file.name)) await uploadFile(volume, pathOf(file.name), file, true);
    }
  };
  const upload = useAct({
    act: async (files: readonly File[]) => {
      try {
        for (const [done, file] of files.entries()) {
          setUnderWay({ name: file.name, done: done + 1, files: files.length });
          await put(file);
        }
      } finally {
        // What came before one that failed is there.
        setUnderWay(undefined);
        void cache.invalidateQueries({ queryKey: entriesKey(volume) });
      }
    },
  });
  return { underWay, upload: (files: readonly File[]) => upload.mutate(files) };
}
