using System.ComponentModel;

namespace FlickStream.Portal.Accounts.Registration;

/// <summary>What becomes an account once its address is verified.</summary>
[ImmutableObject(true)]
internal sealed record PendingRegistration(string PasswordHash, string Language, string TimeZone);
