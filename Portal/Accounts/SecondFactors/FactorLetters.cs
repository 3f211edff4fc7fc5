using FlickStream.Portal.Mail;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <summary>What owners of accounts hear of their second factor.</summary>
internal sealed class FactorLetters(MailQueue mail, TimeProvider time)
{
    private const string IfNot = "If that was not you, change your password at once and tell whoever runs this service.";

    public Task SendAddedAsync(Account account) => SendAsync(account, "A second factor was added", $"""
        From now on your account asks for a code of your authenticator app beside the password. All other sessions were ended.

        Keep the recovery codes where you find them when the app is lost. {IfNot}
        """);

    public Task SendRemovedAsync(Account account) => SendAsync(account, "Your second factor was removed", $"""
        Your account no longer asks for a code of an authenticator app. The password alone opens it.

        {IfNot}
        """);

    /// <summary>Once, however often it is asked for.</summary>
    public Task SendRemovedByAdministratorAsync(Account account, SecondFactor removed) => mail.PostAsync(
        Letter.Urgent(account.Email, "Your second factor was removed", $"""
            An administrator has removed the second factor of your account and ended all sessions. The password alone opens it, until you add another.

            {IfNot}
            """),
        CancellationToken.None,
        $"factor-removed:{account.Id}:{removed.Since.ToUnixTimeMilliseconds()}");

    public Task SendRenewedAsync(Account account) => SendAsync(account, "You have new recovery codes", $"""
        New recovery codes were made for your account. The ones before are worth nothing any more.

        {IfNot}
        """);

    /// <summary>Once a day, however often it happens.</summary>
    public Task SendGuessedAsync(Account account) => mail.PostAsync(
        Letter.Urgent(account.Email, "Somebody has your password", """
            Somebody gave the right password of your account, and then wrong codes for your second factor so often that no more are taken for now.

            If that was not you, change your password at once: it is known to somebody.
            """),
        CancellationToken.None,
        $"codes-guessed:{account.Id}:{time.GetUtcNow():yyyyMMdd}");

    private Task SendAsync(Account account, string subject, string text) => mail.PostAsync(Letter.Urgent(account.Email, subject, text), CancellationToken.None);
}
