import { limits } from "../../protocol/limits.ts";
import type { Letter } from "../../storage/mail.ts";

export type Language = "en" | "ru";

const minutes = limits.activationCodeSeconds / 60;
const hours = limits.temporaryCodeSeconds / 3600;

/** Every letter names the application and what the code will do, and says to keep it (SEC-3, SEC-4). */
export function activationLetter(to: string, application: string, code: string, language: Language): Letter {
  return language === "ru"
    ? {
        to,
        subject: `Код активации Беседы: ${code}`,
        text: `Приложение «${application}» регистрируется в Беседе на этот адрес.\n\nКод активации: ${code}\n\nКод действует ${minutes} минут, один раз и только для этой регистрации. Кто введёт его, получит права вашего приложения. Не сообщайте код никому. Если вы не начинали регистрацию, ничего не делайте.\n`,
      }
    : {
        to,
        subject: `Beseda activation code: ${code}`,
        text: `The application "${application}" is being registered in Beseda with this address.\n\nActivation code: ${code}\n\nThe code works for ${minutes} minutes, once, and for this registration only. Whoever enters it speaks for your application. Never give it to anybody. If you did not start a registration, do nothing.\n`,
      };
}

export function administrationKeyLetter(to: string, application: string, key: string, language: Language): Letter {
  return language === "ru"
    ? {
        to,
        subject: "Ключ администрирования Беседы",
        text: `Приложение «${application}» зарегистрировано.\n\nКлюч администрирования: ${key}\n\nС этим ключом любой становится администратором ваших приложений. Храните его как пароль: сервер знает только его отпечаток и не сможет показать ключ ещё раз.\n`,
      }
    : {
        to,
        subject: "Beseda administration key",
        text: `The application "${application}" is registered.\n\nAdministration key: ${key}\n\nWith this key anybody becomes an administrator of your applications. Keep it like a password: the server knows only its hash and cannot show it again.\n`,
      };
}

export function registeredLetter(to: string, application: string, language: Language): Letter {
  return language === "ru"
    ? {
        to,
        subject: `Приложение «${application}» зарегистрировано в Беседе`,
        text: `Приложение «${application}» зарегистрировано на этот адрес.\n\nВаш ключ администрирования остался прежним. Если он утерян, администратор может выпустить новый, а временный код приходит на этот адрес.\n`,
      }
    : {
        to,
        subject: `The application "${application}" is registered in Beseda`,
        text: `The application "${application}" is registered with this address.\n\nYour administration key is the one you have. If it is lost, an administrator can issue a new one, and temporary codes are sent to this address.\n`,
      };
}

export function addressLetter(to: string, application: string, code: string): Letter {
  return {
    to,
    subject: `Beseda: confirm this address / подтвердите адрес: ${code}`,
    text: `An administrator of the application "${application}" makes this address the one that owns its applications in Beseda.\n\nCode: ${code}\n\nThe code works for ${minutes} minutes, once. If this is not your application, do nothing and give the code to nobody.\n\n---\n\nАдминистратор приложения «${application}» назначает этот адрес владельцем своих приложений в Беседе.\n\nКод: ${code}\n\nКод действует ${minutes} минут, один раз. Если это не ваше приложение, ничего не делайте и никому не сообщайте код.\n`,
  };
}

export function temporaryCodeLetter(to: string, application: string, code: string): Letter {
  return {
    to,
    subject: "Beseda: temporary administration code / временный код администрирования",
    text: `A user of the application "${application}" asked for a temporary administration code.\n\nTemporary code: ${code}\n\nIt works for ${hours} hours, once, and lets whoever has it name an administrator of your applications. Never give it to anybody you do not trust. Your administration key has not changed.\n\n---\n\nПользователь приложения «${application}» запросил временный код администрирования.\n\nВременный код: ${code}\n\nКод действует ${hours} часа, один раз, и позволяет назначить администратора ваших приложений. Не сообщайте его тем, кому не доверяете. Ключ администрирования не изменился.\n`,
  };
}
