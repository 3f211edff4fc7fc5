using System.Runtime.InteropServices;

namespace FlickStream.Platform.Media;

/// <summary>Where there is no wall between ffmpeg and this process, both belong to the same user, to whom Linux would show this process's
/// environment, which may hold the passwords of databases, and all its memory.</summary>
internal static class ServiceMemory
{
    private const int SetDumpable = 4; // prctl(2)

    /// <summary>Closes <c>/proc/PID/environ</c>, <c>mem</c> and ptrace to other processes of the user; core dumps too. Lasts as long as the
    /// process; programs that it starts have it open as usual.</summary>
    public static void Hide()
    {
        if (!OperatingSystem.IsLinux()) return;
        if (ControlProcess(SetDumpable, 0, 0, 0, 0) != 0)
            throw new InvalidOperationException($"This process cannot be made undumpable: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int ControlProcess(int option, nuint two, nuint three, nuint four, nuint five);
}
