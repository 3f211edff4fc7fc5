using System.Globalization;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>What the environment asks for, as the scripts of <c>./bench</c> do, whose runs are longer than those of <c>./test</c>.</summary>
internal static class Given
{
    /// <returns>Null where the variable is no number, or not there.</returns>
    public static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
