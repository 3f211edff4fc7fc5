using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Accounts.Passkeys;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.SecondFactors;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts;

internal static class AccountServices
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration("Accounts").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PasswordOptions>().BindConfiguration("Accounts:Passwords").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SecondFactorOptions>().BindConfiguration("Accounts:SecondFactor").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsCheck>();
        services.AddSingleton<AccountStore>().AddSingleton<AccountTokens>().AddSingleton<TokenCookies>().AddSingleton<AccountLetters>();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<TotpSecrets>().AddSingleton<FactorCodes>().AddSingleton<FactorLetters>();
        services.AddSingleton<SignInThrottle>().AddSingleton<IdentityCheck>().AddSingleton<KnownDevice>().AddSingleton<Entrance>();
        services.AddSingleton<PasskeyStore>().AddSingleton<PasskeyCeremony>().AddSingleton<PasskeyLetters>();
        services.AddSingleton<IPersonalData, AccountData>().AddSingleton<IPersonalData, SessionData>().AddSingleton<IPersonalData, PasskeyData>();
        services.AddSingleton<AccountSweep>().AddSingleton<AccountEndings>().AddSingleton<EndingSweep>();
    }
}
