/** Why a file could not be uploaded. */
export const reasons = {
  en: {
    brokenOff: "Broken off on the way",
    tooLarge: "Larger than the server takes",
    allowance: "No more files today",
    refused: "The server did not accept it",
    notSupported: "No files are kept here",
  },
  ru: {
    brokenOff: "Загрузка прервалась",
    tooLarge: "Больше, чем принимает сервер",
    allowance: "На сегодня файлов достаточно",
    refused: "Сервер не принял файл",
    notSupported: "Файлы здесь не хранятся",
  },
};
