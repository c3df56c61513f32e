import { limits } from "../../protocol/limits.ts";

/** What a person who registers reads, in both languages. */
export const messageTexts = {
  en: {
    codeSent: `A letter with the activation code is on its way. The code works for ${limits.activationCodeSeconds / 60} minutes.`,
    noUsers: "The application has no users. Add at least one, then register.",
    neverRegistered:
      "This application was never registered here, so its address is not known. Enter an e-mail address.",
    codeWrong: (left: number) => `The code is wrong. Tries left: ${left}.`,
    codeUseless: "This code no longer works. Start the registration again to get a new one.",
    completed: "The registration is complete.",
  },
  ru: {
    codeSent: `Письмо с кодом активации отправлено. Код действует ${limits.activationCodeSeconds / 60} минут.`,
    noUsers: "В приложении нет пользователей. Добавьте хотя бы одного и повторите регистрацию.",
    neverRegistered:
      "Это приложение здесь не регистрировалось, и его адрес неизвестен. Укажите адрес электронной почты.",
    codeWrong: (left: number) => `Неверный код. Осталось попыток: ${left}.`,
    codeUseless: "Этот код больше не действует. Начните регистрацию заново, чтобы получить новый.",
    completed: "Регистрация завершена.",
  },
} as const;
