using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Accounts;

internal static class AccountProblems
{
    public static readonly Problem EmailInvalid = new("email_invalid", 400, "Give an e-mail address, such as name@example.org.");

    public static readonly Problem PasswordTooShort = new("password_too_short", 400, "Choose a password of at least 8 characters; a few words are a good one.");

    public static readonly Problem PasswordTooLong = new("password_too_long", 400, "Choose a password of at most 256 characters.");

    public static readonly Problem PasswordCommon = new("password_common", 400, "This password is one of those that are tried first. Choose another.");

    public static readonly Problem LanguageInvalid = new("language_invalid", 400, "Give a language as a BCP 47 tag, such as en or pt-BR.");

    public static readonly Problem TimeZoneInvalid = new("time_zone_invalid", 400, "Give a time zone by its IANA name, such as Europe/Berlin.");

    public static readonly Problem CredentialsWrong = new("credentials_wrong", 401, "The e-mail address or the password is not right.");

    public static readonly Problem LinkInvalid = new("link_invalid", 400, "This link has been used, is too old, or was never sent. Ask for a new one.");

    public static readonly Problem ConfirmationNeeded = new(
        "confirmation_needed", 403, "Show again who you are, with POST /api/session/confirm, then ask for this once more.");

    public static readonly Problem EmailTaken = new("email_taken", 409, "There is an account with this address already.");

    public static readonly Problem SessionNotFound = new("session_not_found", 404, "There is no such session.");

    public static readonly Problem PublicUrlUnset = new(
        "public_url_unset", 503, "This does not work yet: whoever runs this service must set Accounts:PublicUrl.");

    public static readonly Problem BeingDeleted = new("account_being_deleted", 409, "The account is being deleted now; it is too late to keep it.");

    public static readonly Problem Leaving = new("account_leaving", 409, "The account is to be deleted, and is charged no more. Keep it first.");

    public static readonly Problem Suspended = new(
        "account_suspended", 403, "This account is suspended. The letter about it tells why; whoever runs this service can end it.");

    public static readonly Problem Busy = new("sign_in_busy", 503, "Too many people sign in at this moment. Try again in a few seconds.");
}
