/** Saves bytes as a file on the user's device. */
export function download(bytes: Blob, fileName: string): void {
  const address = URL.createObjectURL(bytes);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = fileName;
  anchor.click();
  // Releases the memory after the browser has started to read.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
