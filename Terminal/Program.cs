using OrleansChat.Terminal;

return await Arguments.Run(args, Session.Run);
