using System.Globalization;
using FlickStream.Portal.Mail;
using Microsoft.Extensions.Options;
using NodaTime;

namespace FlickStream.Portal.Accounts;

/// <summary>What accounts are written about.</summary>
internal sealed class AccountLetters(MailQueue mail, IOptions<AccountOptions> options)
{
    public Task SendVerificationAsync(EmailAddress to, string token, HttpContext http, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(to.Text, "Finish your registration", $"""
            Welcome. Open this link and enter the password you chose, and your account is ready:

            {Link(http, "verify", token)}

            The link is good for {Words(options.Value.VerificationLife)}. If you did not register, do nothing; there is no account until
            somebody opens it with that password.
            """),
        stop);

    public Task SendKnownAsync(Account account, HttpContext http, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(account.Email, "You have an account already", $"""
            Somebody, perhaps you, tried to register with this address. You have an account already: sign in, or set a new password at

            {Page(http, "forgot")}

            If it was not you, do nothing. Nobody has learned that you have an account.
            """),
        stop);

    /// <param name="account">Null where there is none: then the letter is written and thrown away.</param>
    public Task SendResetAsync(Account? account, string token, HttpContext http, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(account?.Email, "Set a new password", $"""
            Open this link to set a new password. It ends all your sessions:

            {Link(http, "reset", token)}

            The link is good once, for {Words(options.Value.ResetLife)}. If you did not ask for it, do nothing.
            """),
        stop);

    public Task SendPasswordChangedAsync(Account account, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(account.Email, "Your password was changed", """
            The password of your account was changed just now, and all other sessions were ended.

            If that was not you, set a new password at once, from the sign-in page, and tell whoever runs this service. Passkeys open your account
            as before: take away those that you do not know.
            """),
        stop);

    public Task SendNewEmailAsync(EmailAddress to, string token, HttpContext http, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(to.Text, "Confirm your new address", $"""
            Open this link to make this the address of your account:

            {Link(http, "new-email", token)}

            The link is good once, for {Words(options.Value.ResetLife)}. If you did not ask for it, do nothing.
            """),
        stop);

    public Task SendEmailChangeAskedAsync(Account account, EmailAddress wanted, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(account.Email, "Your address is to be changed", $"""
            Your account is to get the address {wanted.Text}. It keeps this one until the link in a letter to that address is opened.

            If that was not you, change your password at once: that ends the link.
            """),
        stop);

    public Task SendEmailChangedAsync(string before, string now, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(before, "Your address was changed", $"""
            Your account now has the address {now}. This address is no longer used for it.
            """),
        stop);

    public Task SendDeletionAsync(Account account, DateTimeOffset at, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(account.Email, "Your account is to be deleted", $"""
            Your account and everything that belongs to it will be deleted on {Words(at, account.TimeZone)}.

            If you change your mind before, sign in and keep it.
            """),
        stop);

    /// <summary>Once, however often it is asked for.</summary>
    public Task SendSuspendedAsync(Account account, string reason, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(account.Email, "Your account was suspended", $"""
            Whoever runs this service has suspended your account. You cannot sign in, what was playing has stopped, and your subscription, if you have
            one, is not renewed. The reason given:

            {reason}
            """),
        stop, $"suspended:{account.Id}:{account.Suspension!.At.ToUnixTimeMilliseconds()}");

    public Task SendResumedAsync(Account account, CancellationToken stop) => mail.PostAsync(
        Letter.Urgent(account.Email, "Your account is open again", """
            Your account is suspended no longer: you can sign in. A subscription that still runs ends with what is paid for unless you resume it.
            """),
        stop);

    // Behind the #, which browsers do not send: the token is in no log of a server on the way.
    private string Link(HttpContext http, string page, string token) => $"{Page(http, page)}#{token}";

    private string Page(HttpContext http, string page) =>
        $"{options.Value.PublicUrl?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}"}/account/{page}";

    private static string Words(DateTimeOffset at, string zone) =>
        $"{Instant.FromDateTimeOffset(at).InZone(Locale.ZoneOf(zone)).LocalDateTime.ToString("uuuu-MM-dd 'at' HH:mm", CultureInfo.InvariantCulture)} ({zone})";

    private static string Words(TimeSpan life) =>
        life >= TimeSpan.FromHours(48) ? $"{life.TotalDays:0} days" : life >= TimeSpan.FromHours(2) ? $"{life.TotalHours:0} hours" : $"{life.TotalMinutes:0} minutes";
}
