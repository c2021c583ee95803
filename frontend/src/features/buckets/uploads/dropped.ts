/** Files of a drop or a choice, with their place below what was dropped. */
export interface Found {
  key: string;
  file: File;
}

export async function dropped(items: DataTransferItemList): Promise<Found[]> {
  // Read at once: the list is empty after the first wait.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: Found[] = [];
  for (const entry of entries) await walk(entry, '', found);
  return found;
}

export const chosen = (files: FileList): Found[] =>
  Array.from(files, (file) => ({ key: file.webkitRelativePath || file.name, file }));

async function walk(entry: FileSystemEntry, above: string, found: Found[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ key: above + entry.name, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A hundred at a time, until there are none.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const one of some) await walk(one, `${above}${entry.name}/`, found);
  }
}
