using FlickStream.Portal;
using FlickStream.Platform.Http;

return await ServiceProgram.RunAsync(args, builder => builder.AddPortal(), app => app.MapPortal());
